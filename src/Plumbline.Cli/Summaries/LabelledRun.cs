using System.Text.Json.Serialization;
using Plumbline.Audits.Labels;

namespace Plumbline.Cli.Summaries;

/// <summary>What people's labels make of a run's judge.</summary>
/// <param name="Judge">Whose scores the figures of the run are of.</param>
/// <param name="Rater">Whose labels correct them.</param>
/// <param name="Level">How often the intervals hold the truth, from 0 to 1.</param>
/// <param name="Comparisons">One for each kind of prompt of which a case is labelled.</param>
internal sealed record LabelledRun(string Judge, string Rater, double Level, IReadOnlyList<LabelledComparison> Comparisons)
{
    /// <summary>The others who labelled, where nobody was asked for by name; null where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<LabelledBy>? Others { get; init; }

    /// <summary>How far those who labelled the same answers agree, two by two; null where no two did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RaterAgreement>? RaterAgreement { get; init; }
}
