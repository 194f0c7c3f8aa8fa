using System.Globalization;
using Plumbline.Attacks;
using Plumbline.Audits.Reuse;
using Plumbline.Cases;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Setup;
using Plumbline.Configuration.Audits;
using Plumbline.Reports.Text;
using Plumbline.Suites;
using Spectre.Console;

namespace Plumbline.Cli.Summaries;

/// <summary>What an audit would ask, on the console.</summary>
internal static class PlanSummary
{
    public static void Print(Screen screen, AuditSettings settings, AuditSetup setup, IReadOnlyList<AuditCase> cases, ReuseForecast? taken)
    {
        screen.Line($"Baseline:  {settings.Baseline.Shown}");
        screen.Line($"Candidate: {settings.Candidate.Shown}");
        screen.Line($"Suite:     {setup.Suite.Name}, version {setup.Suite.Version}, {Count(setup.Suite.Prompts.Count, "prompt")}, hash {setup.Suite.Hash[..12]}");
        screen.Line($"Judge:     {setup.Judging.Describe(setup.Suite)}");
        if (setup.Judging.WhyUsual(setup.Suite) is { } why) screen.Line($"           {why}");
        screen.Line($"Sampling:  temperature {setup.Sampling.Temperature.ToString(CultureInfo.InvariantCulture)}, at most {setup.Sampling.MaxOutputTokens} tokens, seed {setup.Sampling.Seed}, {Count(setup.Sampling.Repeats, "repeat")}{(setup.Sampling.SystemPrompt is { } system ? $", system message of {Count(system.Length, "character")}" : "")}");
        screen.Line();
        screen.Table(ByAttack(cases));
        screen.Table(ByCategory(cases));

        var encodings = setup.Attacks.OfType<IEncodingAttack>().Select(attack => attack.Encoding.Name).Distinct(StringComparer.Ordinal).ToList();
        var assisted = CasePlanner.Preparations(setup.Suite, setup.Attacks, setup.CaseLimit).Count;
        screen.Line($"{Count(cases.Count, "case")}, asked of both models: {Count((2 * cases.Count) - (taken?.Answers ?? 0), "call")}.");
        if (taken is not null) screen.Line(Describe(taken, cases));
        if (encodings.Count > 0)
            screen.Line($"Before them up to {Count(encodings.Count * DecodeProbe.Strings.Count, "call")} to the baseline to see which encodings it can decode ({string.Join(", ", encodings)}); attacks with one that it cannot are left out, {(setup.CaseLimit is null ? "which makes the run smaller than is told here" : "and their share of the cases goes to the others")}.");
        if (setup.Attacks.Any(attack => attack.BeginsAnswer))
            screen.Line($"Before them up to {Count(ContinuationProbe.MostCalls, "call")} to each model behind an endpoint of which it is not known whether it goes on from a begun answer.");
        if (assisted > 0)
            screen.Line($"Before them {Count(assisted, "call")} to the helper model {settings.HelperModel!.Shown}, to prepare attacks.");
    }

    /// <summary>"538 of 1,076 answers and 400 scores are taken over from earlier runs."</summary>
    public static string Describe(ReuseForecast taken, IReadOnlyList<AuditCase> cases) => string.Create(
        CultureInfo.InvariantCulture,
        $"{taken.Answers:#,0} of {2 * cases.Count:#,0} answers{(taken.Scores > 0 ? $" and {Count(taken.Scores, "score")}" : "")} are taken over from earlier runs.");

    private static Table ByAttack(IReadOnlyList<AuditCase> cases)
    {
        var table = PlainTable.Of("attack", "harmful", "look-alikes", "capability");
        foreach (var attack in cases.GroupBy(one => one.Attack, StringComparer.Ordinal))
            table.AddRow(PlainTable.Cell(attack.Key), Of(attack, PromptKind.Harmful), Of(attack, PromptKind.Lookalike), Of(attack, PromptKind.Capability));
        table.AddRow("in all", Of(cases, PromptKind.Harmful), Of(cases, PromptKind.Lookalike), Of(cases, PromptKind.Capability));
        return table;
    }

    private static Table ByCategory(IReadOnlyList<AuditCase> cases)
    {
        var table = PlainTable.Of("category", "kind", "prompts", "cases");
        foreach (var group in cases.GroupBy(one => (one.Prompt.Kind, one.Prompt.Category)).OrderBy(group => group.Key.Kind).ThenBy(group => group.Key.Category, StringComparer.Ordinal))
            table.AddRow(PlainTable.Cell(group.Key.Category), Wording.Of(group.Key.Kind), Number(group.Select(one => one.Prompt.Id).Distinct(StringComparer.Ordinal).Count()), Number(group.Count()));
        return table;
    }

    private static string Of(IEnumerable<AuditCase> cases, PromptKind kind) => Number(cases.Count(one => one.Prompt.Kind == kind));

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {what}{(count == 1 ? "" : "s")}");
}
