using Plumbline.Judges.Evaluation;

namespace Plumbline.Cli.Summaries;

/// <summary>What <c>plumb judges evaluate --json</c> prints.</summary>
/// <param name="Quality">The judge on labels.</param>
/// <param name="Published">Judges whose own labels the set holds, on the same.</param>
/// <param name="Injections">The judge on injected answers; null where it was not tested.</param>
internal sealed record EvaluatedJudge(IReadOnlyList<JudgeQuality> Quality, IReadOnlyList<JudgeQuality> Published, InjectionQuality? Injections);
