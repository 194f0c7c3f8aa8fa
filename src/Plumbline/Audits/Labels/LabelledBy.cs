namespace Plumbline.Audits.Labels;

/// <summary>What one person's or group's labels make of the judge.</summary>
/// <param name="Rater">Whose labels: <c>human</c>, or <c>human:NAME</c>.</param>
/// <param name="Comparisons">One for each kind of prompt of which a case is labelled on both sides.</param>
public sealed record LabelledBy(string Rater, IReadOnlyList<LabelledComparison> Comparisons);
