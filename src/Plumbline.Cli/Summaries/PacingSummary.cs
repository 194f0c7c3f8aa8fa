using Plumbline.Cli.Screens;
using Plumbline.Providers.Pacing;
using Plumbline.Reports.Text;

namespace Plumbline.Cli.Summaries;

/// <summary>What the endpoints made of the calls, where not all went smoothly.</summary>
internal static class PacingSummary
{
    public static void Print(Screen screen, PacerCounts counts)
    {
        if (Describe(counts) is { } words) screen.Note(words);
    }

    /// <summary>"Requests: 420 sent for 400 answers, 20 of them repeats; 12 over a rate limit (429), …"; null where each brought an answer.</summary>
    public static string? Describe(PacerCounts counts)
    {
        // Who was asked what he takes, and said no, has answered.
        counts = counts with { Attempts = counts.Attempts - counts.Tried };
        if (counts.Attempts == counts.Answers) return null;
        var faults = new[]
        {
            (Count: counts.RateLimited, What: "over a rate limit (429)"),
            (Count: counts.ServerErrors, What: "failed by the server (5xx)"),
            (Count: counts.TimedOut, What: "without an answer in time"),
            (Count: counts.Broken, What: "broken off or unreadable"),
            (Count: counts.Refused, What: "refused for good"),
        };
        return $"Requests: {Numbers.Thousands(counts.Attempts)} sent for {Numbers.Count(counts.Answers, "answer")}, {Numbers.Thousands(counts.Retries)} of them repeats; "
            + string.Join(", ", faults.Where(fault => fault.Count > 0).Select(fault => $"{Numbers.Thousands(fault.Count)} {fault.What}")) + ".";
    }
}
