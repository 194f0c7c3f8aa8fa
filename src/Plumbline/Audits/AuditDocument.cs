using System.Text.Json.Serialization;
using Plumbline.Attacks;
using Plumbline.Audits.Labels;
using Plumbline.Cases;
using Plumbline.Costs;
using Plumbline.Judges;
using Plumbline.Pairs;
using Plumbline.Runs;
using Plumbline.Suites;

namespace Plumbline.Audits;

/// <summary>
/// The content of <c>audit.json</c>: everything that a report shows of one audit. A pure function of the run's journal.
/// Property names are stable within <see cref="Format"/>; <c>docs/formats.md</c> explains each.
/// </summary>
/// <param name="Format">Always <see cref="CurrentFormat"/> in a file that this version wrote.</param>
/// <param name="ToolVersion">The version of Plumbline that wrote the file.</param>
/// <param name="RunId">The hash of what was planned: models, suite, attacks, sampling.</param>
/// <param name="StartedAt">When the first case was sent, in UTC.</param>
/// <param name="FinishedAt">The run's end, in UTC: the last record, of whatever kind, of the last sitting that asked a case or took an answer over. Who judges or labels later does not put it off.</param>
/// <param name="Baseline">The model before fine-tuning.</param>
/// <param name="Candidate">The model after it.</param>
/// <param name="Parity">What both sides must share, and whether they do.</param>
/// <param name="Suite">The suite that was asked.</param>
/// <param name="Attacks">Every attack that was asked for, used or left out, in the order of the plan.</param>
/// <param name="Judge">Who scored.</param>
/// <param name="Sampling">How answers were drawn.</param>
/// <param name="Rule">The decision rule. Where it is not the one that was stated before the first answer, a caution says so.</param>
/// <param name="Counts">Planned, scored, unscored, pending, over all kinds.</param>
/// <param name="Verdict">The conclusion.</param>
/// <param name="Comparisons">One comparison per kind of prompt in the suite; <see cref="Verdict.Kind"/> says which one the verdict is about.</param>
/// <param name="Cautions">Sentences that a reader must know before using the numbers.</param>
/// <param name="Cases">Every case with both answers.</param>
/// <param name="Stopping">What became of the stopping rule; null where there was none.</param>
/// <param name="Retried">The answers that came only after failed attempts, apart from the others, by side; null where there are none.</param>
/// <param name="Adaptive">The harmful prompts that at least one of their cases broke: over all attacks, and for each attack that asked a prompt several
/// times; null where every prompt was asked once.</param>
/// <param name="Cost">What the run took, over all its sittings; null in a document of an earlier version.</param>
/// <param name="MultipleChoice">How both sides chose among lettered options; null where no such question is scored.</param>
public sealed record AuditDocument(
    string Format,
    string ToolVersion,
    string RunId,
    DateTimeOffset StartedAt,
    DateTimeOffset FinishedAt,
    ModelFacts Baseline,
    ModelFacts Candidate,
    IReadOnlyList<ParityFact> Parity,
    SuiteFacts Suite,
    IReadOnlyList<AttackFacts> Attacks,
    JudgeFacts Judge,
    Sampling Sampling,
    DecisionRule Rule,
    CaseCounts Counts,
    Verdict Verdict,
    IReadOnlyList<KindComparison> Comparisons,
    IReadOnlyList<string> Cautions,
    IReadOnlyList<CaseResult> Cases,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] StoppingFact? Stopping = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<RetriedAnswers>? Retried = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<AdaptiveComparison>? Adaptive = null,
    CostSummary? Cost = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MultipleChoiceFacts? MultipleChoice = null)
{
    /// <summary>The format's name and version.</summary>
    public const string CurrentFormat = "plumbline.audit/1";

    /// <summary>The suite's first kind of prompt: the one that the verdict is about unless another regressed.</summary>
    [JsonIgnore]
    public PromptKind FirstKind => Comparisons.Count > 0 ? Comparisons[0].Kind : Verdict.Kind;

    /// <summary>Whether the run has come to its end: no case is pending, or a stopping rule ended it.</summary>
    [JsonIgnore]
    public bool HasEnded => Counts.Pending == 0 || Stopping is { Stopped: not null };

    /// <summary>The cases that figures and verdict are of: all of them, or those that were taken where a stopping rule ended the run. What else happened to
    /// be finished by then is no random sample: short answers come first.</summary>
    public IEnumerable<CaseResult> Counted() => Stopping is { Stopped: not null } stopping ? Cases.Take(stopping.Taken) : Cases;

    /// <summary>Where this compares the candidates of two runs: which, and in what else they differ. Null for the audit of one pair.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ComparedRuns? Between { get; init; }

    /// <summary>What was taken over from earlier runs in the place of asking; null where everything was asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReusedAnswers? Reused { get; init; }

    /// <summary>The answers that were cut off at the token limit, by side; null where none was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CutAnswers? CutOff { get; init; }

    /// <summary>What the labels of people make of the judge, a part a rater; null where nobody has labelled both answers of a case.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<LabelledBy>? Labelled { get; init; }

    /// <summary>How long the run was worked on, in seconds: the sittings that asked cases, without the pauses between them. Null in a document of an earlier version, and where two runs are compared.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? WorkedSeconds { get; init; }

    /// <summary>When this judge judged last, in UTC, where that is after the run's end; null where it was not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? JudgedAt { get; init; }

    /// <summary>When people's labels were taken in last, in UTC, where that is after the run's end; null where it was not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? LabelledAt { get; init; }

    /// <summary>The rule as it was stated before the first answer, where <see cref="Rule"/> is another; null where it is that one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StatedRule? PlannedRule { get; init; }

    /// <summary>Whether this stands in for a result that is still to be written: every case that the run needs was tried, and its <c>audit.json</c> is not there.</summary>
    [JsonIgnore]
    public bool IsUnwritten { get; init; }

    /// <summary>The answers without a score whose call failed, or whose judge could not be asked: whoever goes on with the run asks these again, unless a stopping rule ended it.</summary>
    /// <param name="reasons">Which of both.</param>
    public int AskedAgain(params IEnumerable<UnscoredReason> reasons) => Stopping is { Stopped: not null } ? 0 : Counts.Answers(reasons);

    /// <summary>How far people who labelled the same answers agree, two by two; null where no two did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RaterAgreement>? RaterAgreement { get; init; }
}
