using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;

namespace Plumbline.FaultyServer;

/// <summary>Counts requests, and how often each different one was answered.</summary>
internal sealed class RequestLedger
{
    private readonly ConcurrentDictionary<UInt128, int> _answered = new();
    private readonly ConcurrentQueue<RequestRecord> _records = new();
    private readonly ConcurrentDictionary<string, long> _outcomes = new(StringComparer.Ordinal);
    private long _requests;
    private int _inProgress;
    private int _most;

    /// <summary>What was seen so far.</summary>
    public RequestCounts Counts => new(
        Interlocked.Read(ref _requests),
        _answered.Values.Sum(times => (long)times),
        _answered.Count,
        _answered.Values.Count(times => times > 1),
        Outcome(nameof(Fault.RateLimited)),
        Outcome(OverLimit),
        Outcome(nameof(Fault.ServerError)),
        Outcome(nameof(Fault.Hang)),
        Outcome(nameof(Fault.Cut)),
        Outcome(nameof(Fault.Malformed)),
        Outcome(Unauthorised),
        Volatile.Read(ref _most));

    public const string OverLimit = "OverLimit";
    public const string Unauthorised = "Unauthorised";

    /// <summary>Every request that is over.</summary>
    public IReadOnlyCollection<RequestRecord> Records => _records;

    /// <summary>A request arrived.</summary>
    public RequestVisit Arrive(long now)
    {
        var inProgress = Interlocked.Increment(ref _inProgress);
        for (var most = Volatile.Read(ref _most); inProgress > most; most = Volatile.Read(ref _most))
            Interlocked.CompareExchange(ref _most, inProgress, most);
        return new RequestVisit(Interlocked.Increment(ref _requests), inProgress, now);
    }

    /// <summary>A request is over, whatever came of it.</summary>
    public void Leave(RequestVisit visit, long now)
    {
        Interlocked.Decrement(ref _inProgress);
        _records.Enqueue(visit.Answered is { } answered
            ? new RequestRecord(visit.Arrived, visit.AnsweredAt, answered.ToString("x32", CultureInfo.InvariantCulture), visit.Subject)
            : new RequestRecord(visit.Arrived, now, Answered: null, Subject: null));
    }

    /// <summary>A request was answered whole.</summary>
    public void Answered(RequestVisit visit, ReadOnlySpan<byte> asked, string? subject, long now)
    {
        var key = BitConverter.ToUInt128(SHA256.HashData(asked));
        (visit.Answered, visit.Subject, visit.AnsweredAt) = (key, subject, now);
        _answered.AddOrUpdate(key, 1, static (_, times) => times + 1);
    }

    /// <summary>A request ended in another way.</summary>
    public void Ended(string outcome) => _outcomes.AddOrUpdate(outcome, 1, static (_, times) => times + 1);

    private long Outcome(string name) => _outcomes.GetValueOrDefault(name);
}
