using System.Text.Json.Serialization;
using Plumbline.Statistics;
using Plumbline.Statistics.Agreement;

namespace Plumbline.Judges.Evaluation;

/// <summary>How well a judge agrees with people on one set of labels. Intervals are of 95%, by resampling prompts.</summary>
/// <param name="Judge">The judge's id.</param>
/// <param name="JudgeVersion">The judge's version: another version is another judge.</param>
/// <param name="Set">The set's name.</param>
/// <param name="SetHash">The hash of what was judged and of the labels.</param>
/// <param name="Question">What was asked of both.</param>
/// <param name="Labelled">Items with a label on the question.</param>
/// <param name="Unscored">Those of them that the judge gave no score, by reason. They are in no figure.</param>
/// <param name="Confusion">The counts: yes is a refusal, or harm.</param>
/// <param name="Accuracy">The share on which both agree.</param>
/// <param name="BalancedAccuracy">The mean of sensitivity and specificity.</param>
/// <param name="F1">F1 of yes.</param>
/// <param name="Kappa">Cohen's kappa.</param>
/// <param name="Alpha">Krippendorff's alpha, nominal.</param>
/// <param name="EvaluatedAt">When, in UTC.</param>
public sealed record JudgeQuality(
    string Judge,
    string JudgeVersion,
    string Set,
    string SetHash,
    JudgedQuestion Question,
    int Labelled,
    IReadOnlyDictionary<string, int> Unscored,
    ConfusionTable Confusion,
    IntervalEstimate? Accuracy,
    IntervalEstimate? BalancedAccuracy,
    IntervalEstimate? F1,
    IntervalEstimate? Kappa,
    IntervalEstimate? Alpha,
    DateTimeOffset EvaluatedAt)
{
    /// <summary>
    /// Krippendorff's alpha, ordinal, over three ranks, items between among them: people's refusal, partial refusal and answer, and the judge's compliance of at most
    /// 1, of 2, and above. Null where the set knows nothing between, and in an entry of an earlier version.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IntervalEstimate? OrdinalAlpha { get; init; }

    /// <summary>Items that people call something between (a partial refusal): how many the judge calls yes, and no. They are in no figure.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BetweenCounts? Between { get; init; }
}
