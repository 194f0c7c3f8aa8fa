using Plumbline.Judges.Evaluation;

namespace Plumbline.Cli.Summaries;

/// <summary>What <c>plumb judges list --json</c> prints.</summary>
/// <param name="Judges">The judges.</param>
/// <param name="Quality">The registry's evaluations on labels.</param>
/// <param name="Injections">Its tests on injected answers.</param>
internal sealed record JudgeList(IReadOnlyList<ListedJudge> Judges, IReadOnlyList<JudgeQuality> Quality, IReadOnlyList<InjectionQuality> Injections);
