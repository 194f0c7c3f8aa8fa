using Plumbline.Providers.Pacing;
using Shouldly;

namespace Plumbline.Providers.Tests.Pacing;

public sealed class RateHeadersTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("retry-after: 12", 12)]
    [InlineData("retry-after: 0.25", 0.25)]
    [InlineData("retry-after: Thu, 01 Jan 2026 00:01:30 GMT", 90)]
    [InlineData("retry-after: Thu, 01 Jan 2026 00:01:30 GMT|date: Thu, 01 Jan 2026 00:01:00 GMT", 30)]
    [InlineData("retry-after: Wed, 31 Dec 2025 00:00:00 GMT", 0)]
    [InlineData("retry-after: -5", 0)]
    [InlineData("retry-after: 12|retry-after-ms: 345", 0.345)]
    // OpenAI: full again after 6 minutes, 60 at most, so that the first fits in after 6 s.
    [InlineData("x-ratelimit-remaining-requests: 0|x-ratelimit-reset-requests: 6m0s|x-ratelimit-limit-requests: 60", 6)]
    [InlineData("x-ratelimit-remaining-requests: 0|x-ratelimit-reset-requests: 12ms", 0.012)]
    [InlineData("x-ratelimit-remaining-tokens: 0|x-ratelimit-reset-tokens: 1h2m3.5s|x-ratelimit-limit-tokens: 100", 3723.5)]
    [InlineData("x-ratelimit-remaining-tokens: 0|x-ratelimit-reset-tokens: 60s|x-ratelimit-limit-tokens: 6000", 2)]
    // Anthropic tells a moment.
    [InlineData("anthropic-ratelimit-requests-remaining: 0|anthropic-ratelimit-requests-reset: 2026-01-01T00:00:20Z", 20)]
    [InlineData("anthropic-ratelimit-output-tokens-remaining: 0|anthropic-ratelimit-output-tokens-reset: 2026-01-01T00:01:00Z|anthropic-ratelimit-output-tokens-limit: 4000", 3)]
    [InlineData("ratelimit-remaining: 0|ratelimit-reset: 40", 40)]
    [InlineData("x-ratelimit-remaining: 0|x-ratelimit-reset: 1767225615", 15)]
    // The longest of several counts.
    [InlineData("ratelimit-remaining: 0|ratelimit-reset: 4|x-ratelimit-remaining-requests: 0|x-ratelimit-reset-requests: 1s", 4)]
    public void What_a_server_asks_for_is_read(string headers, double seconds) =>
        Read(headers).ShouldNotBeNull().TotalSeconds.ShouldBe(seconds, tolerance: 1e-6);

    [Theory]
    [InlineData("")]
    [InlineData("x-ratelimit-remaining-requests: 3|x-ratelimit-reset-requests: 6m0s")]
    [InlineData("x-ratelimit-remaining-requests: 0")]
    [InlineData("x-ratelimit-remaining-requests: many|x-ratelimit-reset-requests: 1s")]
    [InlineData("retry-after: soon")]
    [InlineData("retry-after: NaN")]
    [InlineData("retry-after: ")]
    [InlineData("ratelimit-remaining: 0|ratelimit-reset: 5 apples")]
    public void What_says_nothing_asks_for_nothing(string headers) => Read(headers).ShouldBeNull();

    [Fact]
    public void No_server_can_ask_for_more_than_the_clock_holds() => Read("retry-after: 1e308").ShouldNotBeNull().ShouldBeLessThan(TimeSpan.FromDays(12));

    private static TimeSpan? Read(string headers)
    {
        var values = headers.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(header => header.Split(": ", 2)).ToDictionary(parts => parts[0], parts => parts[1]);
        return RateHeaders.WaitAskedBy(name => values.GetValueOrDefault(name), tokens: 200, Now);
    }
}
