using Plumbline.Judges;
using Plumbline.Pairs;
using Plumbline.Suites;

namespace Plumbline.Reports.Audits;

/// <summary>How many answers got one score.</summary>
/// <param name="Kind">The kind of prompt.</param>
/// <param name="Category">The category.</param>
/// <param name="Criterion">The criterion.</param>
/// <param name="Side">Whose answers.</param>
/// <param name="Score">The score, 0 to 4.</param>
/// <param name="Count">How many, among the cases that are scored on both sides.</param>
public sealed record ScoreCount(PromptKind Kind, string Category, Criterion Criterion, Side Side, int Score, int Count);
