using Plumbline.Cli.Listings;
using Plumbline.Cli.Screens;

namespace Plumbline.Cli.Summaries;

/// <summary>What was found of an audit's needs, on the console: a line each.</summary>
internal static class CheckSummary
{
    public static void Print(Screen screen, CheckFinding finding) =>
        screen.Sentence(finding.Sentence, $"{(finding.State == CheckState.Failed ? "FAILED" : finding.State.ToString().ToLowerInvariant()),-8} {finding.Name,-12} ");
}
