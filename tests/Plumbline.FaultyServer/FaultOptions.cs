using System.Text.Json;

namespace Plumbline.FaultyServer;

/// <summary>How a server misbehaves. Shares are of all requests, from 0 to 1, and together at most 1; which request gets which fault is drawn from <see cref="Seed"/>.</summary>
internal sealed record FaultOptions
{
    /// <summary>What every good answer says.</summary>
    public string Answer { get; init; } = "I'm sorry, but I can't help with that.";

    /// <summary>What a good answer says to a request's body, where it depends on that; null for <see cref="Answer"/>.</summary>
    public Func<JsonElement, string>? Say { get; init; }

    /// <summary>The share of conversations that a good answer goes along with, the rest being declined, drawn from what is asked; null for
    /// <see cref="Answer"/> to all.</summary>
    public double? Complies { get; init; }

    /// <summary>Whether good answers are a judging model's verdicts.</summary>
    public bool Judges { get; init; }

    /// <summary>Of what it judges, the share that it talks about instead of giving a verdict, half of it even when asked again; drawn from what is
    /// judged.</summary>
    public double Prose { get; init; }

    /// <summary>How many of the likeliest tokens it tells where it is asked for them (<c>logprobs</c>, <c>top_logprobs</c>); more, or any where it is 0, is a 400.
    /// Null lets the fields pass unheeded, as many servers do.</summary>
    public int? MostLogprobs { get; init; }

    /// <summary>The likeliest first tokens of a good answer to a request's body, where <see cref="MostLogprobs"/> lets them be told; with an empty list the
    /// answer comes without.</summary>
    public Func<JsonElement, IReadOnlyList<(string Token, double Logprob)>> Likeliest { get; init; } = LetteredTokens.Of;

    /// <summary>How long a good answer takes.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Share of 429, at once.</summary>
    public double RateLimited { get; init; }

    /// <summary>What a 429, random or for a limit, says in <c>Retry-After</c>; null for nothing.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Share of 500, at once.</summary>
    public double ServerErrors { get; init; }

    /// <summary>Share of requests that are never answered.</summary>
    public double Hangs { get; init; }

    /// <summary>Share of answers whose connection is cut in the middle.</summary>
    public double Cuts { get; init; }

    /// <summary>Share of answers that are no chat completion, in one of several ways.</summary>
    public double Malformed { get; init; }

    /// <summary>What the server bears in any one second, counted in a sliding window; more is a 429.</summary>
    public int? RequestsPerSecond { get; init; }

    /// <summary>What the server bears at once; more is a 429.</summary>
    public int? MaxConcurrency { get; init; }

    /// <summary>The key that clients must show; null lets everyone in.</summary>
    public string? Key { get; init; }

    /// <summary>Seeds the draw of faults.</summary>
    public int Seed { get; init; }
}
