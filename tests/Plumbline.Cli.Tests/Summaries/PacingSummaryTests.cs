using Plumbline.Cli.Summaries;
using Plumbline.Providers.Pacing;
using Shouldly;

namespace Plumbline.Cli.Tests.Summaries;

public sealed class PacingSummaryTests
{
    [Fact]
    public void A_smooth_run_needs_no_words() => PacingSummary.Describe(new PacerCounts(400, 0, 400, 0, 0, 0, 0, 0)).ShouldBeNull();

    /// <summary>To ask for 20 probabilities and be told that there are but 5 is a question that was answered.</summary>
    [Fact]
    public void Who_only_asked_what_an_endpoint_takes_was_refused_nothing()
    {
        PacingSummary.Describe(new PacerCounts(503, 0, 501, 0, 0, 0, 0, 0, Tried: 2)).ShouldBeNull();
        PacingSummary.Describe(new PacerCounts(504, 0, 501, 0, 0, 0, 0, 1, Tried: 2)).ShouldBe("Requests: 502 sent for 501 answers, 0 of them repeats; 1 refused for good.");
    }

    [Fact]
    public void Each_kind_of_trouble_is_counted_apart() =>
        PacingSummary.Describe(new PacerCounts(4321, 320, 4000, 300, 15, 0, 5, 1))
            .ShouldBe("Requests: 4,321 sent for 4,000 answers, 320 of them repeats; 300 over a rate limit (429), 15 failed by the server (5xx), 5 broken off or unreadable, 1 refused for good.");
}
