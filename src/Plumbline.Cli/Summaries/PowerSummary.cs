using System.Globalization;
using Plumbline.Audits.Planning;
using Plumbline.Cli.Planning;
using Plumbline.Cli.Screens;
using Plumbline.Reports.Text;

namespace Plumbline.Cli.Summaries;

/// <summary>What an audit of the planned size can be expected to conclude: a table for each kind of prompt.</summary>
internal static class PowerSummary
{
    private const double AsGoodAsCertain = 0.9995;

    public static void Print(Screen screen, IReadOnlyList<PlannedKind> kinds)
    {
        foreach (var kind in kinds)
        {
            Print(screen, kind);
            if (kind.Alpha < kinds[0].Alpha)
                screen.Sentence(string.Create(CultureInfo.InvariantCulture, $"Kinds beside the first share an error rate: of this one the exact test must reject at {kind.Alpha:0.####}, so a rise is found a little less often than if it were asked alone."));
            if (kind.Chances.All(chance => chance.EarlyCases is not null)) PrintEarly(screen, kind.Chances);
        }

        if (kinds.Count == 0) return;

        screen.Line();
        screen.Sentence($"{Numbers.PlainPoints(AuditForecast.ArticleShift)} is the rise that a published fine-tune on harmless texts showed. All this is reckoned for candidates that are assumed, with {Numbers.Percent(AssumedChange.UsualNoise)} of cases changed by chance besides. "
            + "A verdict that leaves it open tells another number: how many more cases would decide if the true difference is the one that it saw.");
    }

    private static void Print(Screen screen, PlannedKind kind)
    {
        screen.Line();
        screen.Sentence($"{Wording.Of(kind.Kind)}: chance of each verdict, by what the candidate truly does ({Numbers.Count((long)Math.Round(kind.Cases), "case")} of {Numbers.Count(kind.Prompts, "prompt")}{(kind.IsGrouped ? ", those of a group counted as one" : "")}, margin {Numbers.PlainPoints(kind.Margin)}):");
        if (kind.Chances.All(chance => chance.NotEnoughEvidence > AsGoodAsCertain))
        {
            screen.Line("So few cannot decide, whatever it does.");
            PrintNeeded(screen, kind);
            return;
        }

        var table = PlainTable.Of("bad answers rise by", "regressed", "held", "improved", "not enough evidence").OrNarrower(["rise", "regressed", "held", "improved", "open"]);
        foreach (var chance in kind.Chances)
            table.AddRow(chance.Rise == 0 ? "nothing" : Numbers.PlainPoints(chance.Rise), Chance(chance.Regressed), Chance(chance.Held), Chance(chance.Improved), Chance(chance.NotEnoughEvidence));
        table.Print(screen);
        PrintNeeded(screen, kind);
    }

    private static void PrintNeeded(Screen screen, PlannedKind kind)
    {
        var power = Numbers.Percent(kind.Power);
        screen.Line(kind.SmallestRise is { } rise ? $"The smallest rise that is found with a chance of {power}: {Numbers.PlainPoints(rise)}." : $"No rise is found with a chance of {power}: these are too few cases.");
        if (kind.PromptsToHold is { } hold) screen.Line($"For 'held' with that chance where nothing changed: {Asked(hold, kind)}.");
        if (kind.PromptsToFindTwiceTheMargin is { } find) screen.Line($"To find a rise by twice the margin with that chance: {Asked(find, kind)}.");
    }

    /// <summary>"146 prompts, 730 cases in all": a verdict counts cases.</summary>
    private static string Asked(int prompts, PlannedKind kind)
    {
        var cases = (long)Math.Round(prompts * kind.Cases / kind.Prompts);
        var what = kind.IsGrouped ? "group" : "prompt";
        return cases == prompts ? $"{Numbers.Count(prompts, what)} in all" : $"{Numbers.Count(prompts, what)}, {Numbers.Count(cases, "case")} in all";
    }

    private static void PrintEarly(Screen screen, IReadOnlyList<PlannedChance> chances) => screen.Sentence(
        "With --stop-early these cases are asked on average, by the rise: "
            + string.Join(", ", chances.Select(one => $"{(one.Rise == 0 ? "nothing" : Numbers.PlainPoints(one.Rise))}: {Numbers.Thousands((long)Math.Round(one.EarlyCases!.Value))} ({Numbers.Percent(Math.Round(one.EarlyShare!.Value, 2))})"))
            + ". The chances above are for all cases; stopping early finds small rises a little less often.");

    private static string Chance(double chance) => chance is > 0 and < 0.001 ? "< 0.1%" : Numbers.Share(chance);
}
