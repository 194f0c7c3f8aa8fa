using Plumbline.Judges;
using Plumbline.Pairs;

namespace Plumbline.Audits;

/// <summary>How many answers of one side have no score for one reason.</summary>
/// <param name="Side">The side.</param>
/// <param name="Reason">The reason.</param>
/// <param name="Count">How many answers.</param>
public sealed record UnscoredCount(Side Side, UnscoredReason Reason, int Count);
