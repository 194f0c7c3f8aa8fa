using Plumbline.Costs;

namespace Plumbline.Cli.Listings;

/// <summary>What <c>plumb check --json</c> prints.</summary>
/// <param name="Findings">Everything that was looked at, in order.</param>
/// <param name="Cost">What the audit will cost; null where no prices were given, or it cannot be said.</param>
/// <param name="ExitCode">The exit code of the command.</param>
/// <param name="Meaning">What that means.</param>
internal sealed record CheckedAudit(IReadOnlyList<CheckFinding> Findings, CostEstimate? Cost, int ExitCode, string Meaning);
