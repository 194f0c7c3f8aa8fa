using System.Text.Json.Serialization;

namespace Plumbline.Audits;

/// <summary>Where a document compares the candidates of two runs instead of the two models of one.</summary>
/// <param name="First">The run whose candidate is the baseline of the comparison.</param>
/// <param name="Second">The run whose candidate is the candidate of the comparison.</param>
/// <param name="Shared">Cases that both runs asked: the only ones that are compared.</param>
/// <param name="OnlyFirst">Cases of the first run that the second did not ask.</param>
/// <param name="OnlySecond">Cases of the second run that the first did not ask.</param>
/// <param name="Differences">In what the runs differ besides their candidates.</param>
/// <param name="Baselines">
/// The baselines compared in the same way, where both runs have the same one: what moved there moved without any fine-tune. Empty where they differ.
/// </param>
public sealed record ComparedRuns(
    ComparedRun First,
    ComparedRun Second,
    int Shared,
    int OnlyFirst,
    int OnlySecond,
    IReadOnlyList<RunDifference> Differences,
    IReadOnlyList<KindComparison> Baselines)
{
    /// <summary>Of how many shared cases both candidates' answers are one stored answer, which one run took over from the other, or both from a third: nothing is
    /// compared there.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int SameAnswers { get; init; }
}
