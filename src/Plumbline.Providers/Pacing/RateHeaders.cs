using System.Buffers;
using System.Globalization;

namespace Plumbline.Providers.Pacing;

/// <summary>
/// How long a server asks to be left alone, from its headers: <c>Retry-After</c> (RFC 9110, section 10.2.3), <c>retry-after-ms</c>, and, where
/// nothing is left of a limit, the vendors' own (OpenAI's <c>x-ratelimit-remaining-requests</c>, Anthropic's
/// <c>anthropic-ratelimit-requests-remaining</c>, the IETF draft's <c>ratelimit-remaining</c>, and their kin).
/// </summary>
internal static class RateHeaders
{
    private const double LongestSeconds = 1e6;
    private static readonly SearchValues<char> OfNumbers = SearchValues.Create("0123456789.");

    /// <summary>Limits that fill up evenly: the reset is when they are full again, so that the first call fits in long before.</summary>
    private static readonly (string Remaining, string Reset, string Limit, bool CountsTokens)[] Buckets =
    [
        ("x-ratelimit-remaining-requests", "x-ratelimit-reset-requests", "x-ratelimit-limit-requests", false),
        ("x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens", "x-ratelimit-limit-tokens", true),
        ("anthropic-ratelimit-requests-remaining", "anthropic-ratelimit-requests-reset", "anthropic-ratelimit-requests-limit", false),
        ("anthropic-ratelimit-tokens-remaining", "anthropic-ratelimit-tokens-reset", "anthropic-ratelimit-tokens-limit", true),
        ("anthropic-ratelimit-input-tokens-remaining", "anthropic-ratelimit-input-tokens-reset", "anthropic-ratelimit-input-tokens-limit", true),
        ("anthropic-ratelimit-output-tokens-remaining", "anthropic-ratelimit-output-tokens-reset", "anthropic-ratelimit-output-tokens-limit", true),
    ];

    /// <summary>Limits that are given back all at once.</summary>
    private static readonly (string Remaining, string Reset)[] Windows = [("ratelimit-remaining", "ratelimit-reset"), ("x-ratelimit-remaining", "x-ratelimit-reset")];

    /// <summary>How long to wait; null where the headers ask for nothing.</summary>
    /// <param name="header">A header's value by its name; null where there is none.</param>
    /// <param name="tokens">About how many tokens the next call takes.</param>
    /// <param name="now">The time of day, for dates; the response's own <c>Date</c> goes before it, as two clocks seldom agree.</param>
    public static TimeSpan? WaitAskedBy(Func<string, string?> header, long tokens, DateTimeOffset now)
    {
        if (header("retry-after-ms") is { } milliseconds && Number(milliseconds) is { } asked) return Seconds(asked / 1000);
        return header("retry-after") is { } value ? Duration(value, Sent) : Exhausted(header, tokens, Sent);

        // Nearly every answer asks for nothing, and reading its date would be all that is done with it.
        DateTimeOffset Sent() => header("date") is { } date && DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var sent) ? sent : now;
    }

    private static TimeSpan? Exhausted(Func<string, string?> header, long tokens, Func<DateTimeOffset> now)
    {
        TimeSpan? longest = null;
        foreach (var (remaining, reset, limit, countsTokens) in Buckets)
        {
            if (header(remaining) is not { } left || Number(left) is not 0 || Duration(header(reset), now) is not { } untilFull) continue;
            var share = header(limit) is { } most && Number(most) is > 0 and var full ? Math.Min(1, (countsTokens ? Math.Max(1, tokens) : 1) / full) : 1;
            Take(untilFull * share);
        }

        foreach (var (remaining, reset) in Windows)
        {
            if (header(remaining) is { } left && Number(left) is 0 && Duration(header(reset), now) is { } untilReset) Take(untilReset);
        }

        return longest;

        void Take(TimeSpan wait) => longest = longest > wait ? longest : wait;
    }

    /// <summary>"12", "0.5", "6m0s", "12ms", a date, or seconds since 1970.</summary>
    private static TimeSpan? Duration(string? text, Func<DateTimeOffset> now)
    {
        if (text is null) return null;
        if (Number(text) is { } number) return Seconds(number > 1e9 ? number - now().ToUnixTimeSeconds() : number);
        if (Units(text) is { } seconds) return Seconds(seconds);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? Seconds((moment - now()).TotalSeconds) : null;
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>"1h2m3.5s" in seconds; null for anything else.</summary>
    private static double? Units(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return null;
        double sum = 0;
        while (!text.IsEmpty)
        {
            var digits = text.IndexOfAnyExcept(OfNumbers);
            if (digits <= 0 || !double.TryParse(text[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return null;
            text = text[digits..];
            var unit = text.IndexOfAny(OfNumbers) is > 0 and var length ? text[..length] : text;
            if ((unit switch { "h" => 3600, "m" => 60, "s" => 1, "ms" => 0.001, _ => (double?)null }) is not { } each) return null;
            sum += number * each;
            text = text[unit.Length..];
        }

        return sum;
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds, 0, LongestSeconds));
}
