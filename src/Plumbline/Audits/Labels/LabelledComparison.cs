using System.Globalization;
using System.Text.Json.Serialization;
using Plumbline.Naming;
using Plumbline.Statistics;
using Plumbline.Statistics.Labels;
using Plumbline.Suites;

namespace Plumbline.Audits.Labels;

/// <summary>
/// The difference between the sides as the judge sees it, corrected by the labels of people (<see cref="PredictionPoweredMean"/>), for one kind
/// of prompt. Of a run that was stopped early it is of the cases that the audit's figures are of; as theirs its interval is made for a fixed number of
/// cases, and too narrow there.
/// </summary>
/// <param name="Kind">The kind of prompt.</param>
/// <param name="Event">The bad outcome that is counted, in words.</param>
/// <param name="Labelled">Cases with a label on both sides.</param>
/// <param name="Agreement">In how many of the labelled answers people and judge say the same; from 0 to 1.</param>
/// <param name="Difference">Candidate − baseline in the share of bad outcomes, corrected; null with fewer than two labelled cases.</param>
public sealed record LabelledComparison(PromptKind Kind, string Event, int Labelled, double Agreement, LabelCorrectedMean? Difference)
{
    /// <summary>So many labelled cases were the fewest for which the interval was shown to hold (docs/statistics.md, "A judge and human labels").</summary>
    public const int FewestTested = 30;

    // As seldom as this happens to cases that were drawn at random, it happens.
    const double Unlikely = 0.001;

    /// <summary>In how many of the labelled cases people saw a change from one side to the other.</summary>
    public int Changed { get; init; }

    /// <summary>The baseline's answers with a label.</summary>
    public int BaselineLabels { get; init; }

    /// <summary>The candidate's answers with a label.</summary>
    public int CandidateLabels { get; init; }

    /// <summary>The same difference as the judge alone sees it over all cases, which is the audit's own; null where nothing was measured.</summary>
    public IntervalEstimate? Judge { get; init; }

    /// <summary>
    /// How often cases that are drawn at random differ from the others by as much as the labelled ones do, or more, in how many of them the judge sees a bad
    /// outcome: exact, two-sided, hypergeometric. From 0 to 1; 1 where every case is labelled.
    /// </summary>
    public double DrawP { get; init; } = 1;

    /// <summary>Whether the labelled cases are too unlike the others to have been drawn at random. Then the corrected figure is biased.</summary>
    [JsonIgnore]
    public bool LooksChosen => DrawP < Unlikely;

    /// <summary>Why the corrected figure is to be used with care; null where nothing speaks against it.</summary>
    public string? Caution => Choice ?? Number;

    string? Choice => Difference is null || !LooksChosen ? null
        : string.Create(CultureInfo.InvariantCulture, $"The {Thousands.Of(Labelled)} labelled cases do not look drawn at random: the judge sees bad outcomes among them far more or far less often than among the others (p < {Unlikely}). ")
            + "The corrected figure holds for cases drawn at random alone, as 'plumb labels export' draws them, and is none of these. Label such a sheet.";

    string? Number => Difference is null ? null
        : Changed == 0 ? $"People saw no change in any of the {Thousands.Of(Labelled)} labelled cases, so they cannot tell how far the judge is right about changes: the corrected figure is theirs alone. Label more cases."
        : Labelled < FewestTested ? $"{Labelled} labelled cases are few: each of them moves the corrected figure by much, and it may lie outside both of the others. Go by its interval, and label at least {FewestTested}."
        : null;
}
