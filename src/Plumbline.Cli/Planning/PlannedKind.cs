using Plumbline.Audits;
using Plumbline.Audits.Planning;
using Plumbline.Cases;
using Plumbline.Cli.Setup;
using Plumbline.Suites;

namespace Plumbline.Cli.Planning;

/// <summary>What the audit can be expected to conclude about one kind of prompt.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Prompts">Different prompts; those of a group count as one.</param>
/// <param name="IsGrouped">Whether some are of a group.</param>
/// <param name="Cases">Cases that can differ: at temperature 0 repeats of one give the same answer, and stand for one.</param>
/// <param name="Margin">How much its share of bad answers may rise.</param>
/// <param name="Alpha">Its share of the error rate.</param>
/// <param name="Power">The chance that the last three aim at.</param>
/// <param name="Chances">The chance of each verdict, by what the candidate truly does.</param>
/// <param name="SmallestRise">The smallest rise that is found with that chance; null where none is.</param>
/// <param name="PromptsToHold">How many prompts an unchanged candidate needs to be called held with that chance; null where no number does.</param>
/// <param name="PromptsToFindTwiceTheMargin">How many it takes to find a rise by twice the margin with that chance; null where no number does.</param>
internal sealed record PlannedKind(
    PromptKind Kind,
    int Prompts,
    bool IsGrouped,
    double Cases,
    double Margin,
    double Alpha,
    double Power,
    IReadOnlyList<PlannedChance> Chances,
    double? SmallestRise,
    int? PromptsToHold,
    int? PromptsToFindTwiceTheMargin)
{
    /// <summary>A forecast for each kind of prompt that is asked.</summary>
    public static IReadOnlyList<PlannedKind> Of(AuditSetup setup, IReadOnlyList<AuditCase> cases)
    {
        var kinds = Enum.GetValues<PromptKind>().Select(kind => (Kind: kind, Cases: cases.Where(one => one.Prompt.Kind == kind).ToList())).Where(group => group.Cases.Count > 0).ToList();
        // As the verdict decides: the first kind's test at the stated error rate, the others' at their share of it; intervals at the stated one.
        return [.. kinds.Select((group, index) => Of(group.Kind, PlannedDesign.Of(group.Cases, setup.Sampling), group.Cases.Exists(one => one.Prompt.Group is not null), index == 0 ? setup.Rule : setup.Rule with { Alpha = setup.Rule.Alpha / kinds.Count, IntervalAlpha = setup.Rule.Alpha }, setup.StopsEarly && index == 0))];
    }

    private static PlannedKind Of(PromptKind kind, PlannedDesign design, bool isGrouped, DecisionRule rule, bool stopsEarly)
    {
        var forecast = AuditForecast.Of(design, rule);
        return new PlannedKind(
            kind,
            design.Prompts,
            isGrouped,
            design.Cases,
            rule.Margin,
            rule.Alpha,
            forecast.Power,
            [
                .. from chances in forecast.Chances
                   let early = stopsEarly ? EarlyStopForecast.Of(design, chances.Change, rule) : null
                   select new PlannedChance(chances.Change.Shift, chances.Regressed, chances.Held, chances.Improved, chances.NotEnoughEvidence, early?.MeanCases, early?.Share),
            ],
            forecast.SmallestShift,
            forecast.PromptsToHold,
            forecast.PromptsToFindTwiceTheMargin);
    }
}
