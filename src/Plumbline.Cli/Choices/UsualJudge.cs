using Plumbline.Judges;

namespace Plumbline.Cli.Choices;

/// <summary>The judge where none is named.</summary>
/// <param name="Judge">Who scores.</param>
/// <param name="Why">Why it is not the one that the suite was written for, and how to choose that one; null where there is nothing to say.</param>
internal sealed record UsualJudge(IJudge Judge, string? Why = null);
