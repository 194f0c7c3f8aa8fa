using Plumbline.Audits;

namespace Plumbline.Cli.Listings;

/// <summary>What <c>plumb compare --json</c> prints: a comparison without its cases.</summary>
/// <param name="Between">The two runs, and in what they differ.</param>
/// <param name="Rule">The rule that decides.</param>
/// <param name="Verdict">Whether the second run's candidate is worse.</param>
/// <param name="Comparisons">The figures by kind of prompt: baseline is the first run's candidate, candidate the second's.</param>
/// <param name="Cautions">What a reader must know.</param>
/// <param name="ExitCode">The exit code of the command.</param>
internal sealed record ComparedCandidates(ComparedRuns Between, DecisionRule Rule, Verdict Verdict, IReadOnlyList<KindComparison> Comparisons, IReadOnlyList<string> Cautions, int ExitCode);
