using System.Globalization;
using Plumbline.Cli.Planning;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Setup;
using Plumbline.Reports.Text;

namespace Plumbline.Cli.Summaries;

/// <summary>What an audit would ask, on the console.</summary>
internal static class PlanSummary
{
    public static void Print(Screen screen, PlannedAudit plan)
    {
        screen.Sentence(VisibleText.OneLine(SideNames.Headed(plan.BaselineName, plan.Baseline), 400), "Baseline:  ");
        screen.Sentence(VisibleText.OneLine(SideNames.Headed(plan.CandidateName, plan.Candidate), 400), "Candidate: ");
        screen.Sentence($"{plan.Suite.Name}, version {plan.Suite.Version}, {Numbers.Count(plan.Suite.Prompts, "prompt")}, hash {plan.Suite.Hash[..12]}", "Suite:     ");
        screen.Sentence(plan.Judge, "Judge:     ");
        if (plan.JudgeNote is { } why) screen.Sentence(why, "           ");
        screen.Sentence($"temperature {plan.Sampling.Temperature.ToString(CultureInfo.InvariantCulture)}, at most {Numbers.Count(plan.Sampling.MaxOutputTokens, "token")}, seed {plan.Sampling.Seed}, {Numbers.Count(plan.Sampling.Repeats, "repeat")}{(plan.Sampling.SystemPrompt is { } system ? $", system message of {Numbers.Count(system.Length, "character")}" : "")}", "Sampling:  ");
        screen.Line();
        ByAttack(plan).Print(screen);
        ByCategory(plan).Print(screen);

        screen.Line($"{Numbers.Count(plan.Cases, "case")}, asked of both models: {Numbers.Count(plan.Calls, "call")}.");
        if (plan.Reused is { } reused) screen.Line(Describe(reused, plan.Cases));
        if (plan.Before.DecodeCalls > 0)
            screen.Sentence($"Before them up to {Numbers.Count(plan.Before.DecodeCalls, "call")} to the baseline to see which encodings it can decode ({string.Join(", ", plan.Before.Encodings)}); attacks with one that it cannot are left out, {(plan.CaseLimit is null ? "which makes the run smaller than is told here" : "and their share of the cases goes to the others")}.");
        if (plan.Before.ContinuationCalls > 0)
            screen.Sentence($"Before them up to {Numbers.Count(plan.Before.ContinuationCalls, "call")} to each model behind an endpoint of which it is not known whether it goes on from a begun answer.");
        if (plan.Before.ChoiceCalls > 0)
            screen.Sentence($"Before them up to {Numbers.Count(plan.Before.ChoiceCalls, "call")} of one token to each model behind an endpoint to see whether choices among letters can be read from its probabilities.");
        if (plan.Before.HelperCalls > 0)
            screen.Sentence($"Before them {Numbers.Count(plan.Before.HelperCalls, "call")} to the helper model {plan.Before.Helper}, to prepare attacks.");
    }

    /// <summary>"538 of 1,076 answers and 400 scores are taken over from earlier runs."</summary>
    public static string Describe(PlannedReuse taken, int cases) =>
        $"{Numbers.Thousands(taken.Answers)} of {Numbers.Count(2L * cases, "answer")}{(taken.Scores > 0 ? $" and {Numbers.Count(taken.Scores, "score")}" : "")} are taken over from earlier runs.";

    private static PlainTable ByAttack(PlannedAudit plan)
    {
        var table = PlainTable.Of("attack", "harmful", "look-alikes", "capability");
        foreach (var attack in plan.Attacks)
            table.AddRow(PlainTable.Cell(attack.Name), Numbers.Thousands(attack.Harmful), Numbers.Thousands(attack.Lookalike), Numbers.Thousands(attack.Capability));
        table.AddRow("in all", Numbers.Thousands(plan.Attacks.Sum(attack => attack.Harmful)), Numbers.Thousands(plan.Attacks.Sum(attack => attack.Lookalike)), Numbers.Thousands(plan.Attacks.Sum(attack => attack.Capability)));
        return table;
    }

    private static PlainTable ByCategory(PlannedAudit plan)
    {
        var table = PlainTable.Of("category", "kind", "prompts", "cases");
        foreach (var category in plan.Categories)
            table.AddRow(PlainTable.Cell(category.Name), Wording.Of(category.Kind), Numbers.Thousands(category.Prompts), Numbers.Thousands(category.Cases));
        return table;
    }
}
