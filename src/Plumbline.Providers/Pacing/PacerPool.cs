using System.Collections.Concurrent;

namespace Plumbline.Providers.Pacing;

/// <summary>The pacers of a command: one for each host, model and key, however many clients call it.</summary>
/// <param name="options">How patient each of them is.</param>
/// <param name="time">The clock of all waiting.</param>
public sealed class PacerPool(PacerOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<EndpointKey, Pacer> _pacers = new();

    /// <summary>What all of them have seen so far.</summary>
    public PacerCounts Counts => _pacers.Values.Aggregate(default(PacerCounts), (sum, pacer) => sum + pacer.Counts);

    /// <summary>What they wait for, in words; null where nothing holds them up.</summary>
    public string? WaitingFor =>
        string.Join("; ", _pacers.Select(Waiting).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)) is { Length: > 0 } words
            ? words
            : null;

    /// <summary>The pacer of one model on one host for one key.</summary>
    internal Pacer For(Uri endpoint, string model, string? apiKey) =>
        _pacers.GetOrAdd(new EndpointKey(endpoint.Authority, model, apiKey), key => new Pacer(key.Host, options, time));

    // Where a host has several models, as one under test and one that judges, each is told by its own name.
    private string? Waiting(KeyValuePair<EndpointKey, Pacer> one) =>
        one.Value.WaitingAs(_pacers.Keys.Any(other => other.Host == one.Key.Host && other.Model != one.Key.Model) ? one.Key.ToString() : one.Key.Host);
}
