using System.Globalization;
using Plumbline.Audits;
using Plumbline.Audits.Planning;
using Plumbline.Cases;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Setup;
using Plumbline.Reports.Text;
using Plumbline.Suites;
using Spectre.Console;

namespace Plumbline.Cli.Summaries;

/// <summary>What an audit of the planned size can be expected to conclude: a table for each kind of prompt.</summary>
internal static class PowerSummary
{
    public static void Print(Screen screen, AuditSetup setup, IReadOnlyList<AuditCase> cases)
    {
        var kinds = Enum.GetValues<PromptKind>().Select(kind => (Kind: kind, Cases: cases.Where(one => one.Prompt.Kind == kind).ToList())).Where(group => group.Cases.Count > 0).ToList();
        foreach (var (index, (kind, asked)) in kinds.Index())
        {
            // As the verdict decides: the first kind at the stated error rate, the others at their share of it.
            var rule = index == 0 ? setup.Rule : setup.Rule with { Alpha = setup.Rule.Alpha / kinds.Count };
            var design = DesignOf(asked, setup.Sampling);
            var forecast = AuditForecast.Of(design, rule);
            Print(screen, kind, forecast, rule, isGrouped: asked.Exists(one => one.Prompt.Group is not null));
            if (setup.StopsEarly && index == 0) PrintEarly(screen, forecast.Chances.Select(chances => EarlyStopForecast.Of(design, chances.Change, rule)));
        }
    }

    /// <summary>At temperature 0 repeats of a case give the same answer: they share everything, and stand for one case.</summary>
    private static PlannedDesign DesignOf(List<AuditCase> asked, Sampling sampling)
    {
        var different = sampling.Temperature > 0 ? asked : [.. asked.Where(one => one.Repeat == 0)];
        var prompts = different.Select(one => one.Prompt.Cluster).Distinct(StringComparer.Ordinal).Count();
        return new PlannedDesign(prompts, (double)different.Count / prompts);
    }

    private static void Print(Screen screen, PromptKind kind, AuditForecast forecast, DecisionRule rule, bool isGrouped)
    {
        screen.Line();
        screen.Line(string.Create(CultureInfo.InvariantCulture, $"{Wording.Of(kind)}: chance of each verdict, by what the candidate truly does ({forecast.Design.Cases:#,0} cases of {forecast.Design.Prompts:#,0} prompts{(isGrouped ? ", those of a group counted as one" : "")}, margin {Numbers.Percent(rule.Margin).TrimEnd('%')} points):"));
        var table = PlainTable.Of("bad answers rise by", "regressed", "held", "improved", "not enough evidence");
        foreach (var chances in forecast.Chances)
            table.AddRow(chances.Change.Shift == 0 ? "nothing" : Numbers.Percent(chances.Change.Shift).TrimEnd('%') + " points", Chance(chances.Regressed), Chance(chances.Held), Chance(chances.Improved), Chance(chances.NotEnoughEvidence));
        screen.Table(table);
        var power = Numbers.Percent(forecast.Power);
        screen.Line(forecast.SmallestShift is { } shift ? $"The smallest rise that is found with a chance of {power}: {Numbers.Percent(shift).TrimEnd('%')} points." : $"No rise is found with a chance of {power}: these are too few cases.");
        if (forecast.PromptsToHold is { } hold) screen.Line(string.Create(CultureInfo.InvariantCulture, $"For 'held' with that chance where nothing changed: {hold:#,0} prompts."));
        if (forecast.PromptsToFindTwiceTheMargin is { } find) screen.Line(string.Create(CultureInfo.InvariantCulture, $"To find a rise by twice the margin with that chance: {find:#,0} prompts."));
    }

    private static void PrintEarly(Screen screen, IEnumerable<EarlyStopForecast> forecasts) => screen.Line(
        "With --stop-early these cases are asked on average, by the rise: "
            + string.Join(", ", forecasts.Select(one => $"{(one.Change.Shift == 0 ? "nothing" : Numbers.Percent(one.Change.Shift).TrimEnd('%'))}: {one.MeanCases.ToString("#,0", CultureInfo.InvariantCulture)} ({(one.Share * 100).ToString("0", CultureInfo.InvariantCulture)}%)"))
            + ". The chances above are for all cases; stopping early finds small rises a little less often.");

    private static string Chance(double chance) => chance is > 0 and < 0.001 ? "< 0.1%" : Numbers.Share(chance);
}
