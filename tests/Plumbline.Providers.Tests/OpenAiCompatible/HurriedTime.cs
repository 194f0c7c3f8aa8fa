using System.Collections.Concurrent;

namespace Plumbline.Providers.Tests.OpenAiCompatible;

/// <summary>
/// A clock on which every pause is over at once: it jumps there, and remembers how long each was. Only patience with a slow server (two minutes and
/// more, or what is given) never runs out.
/// </summary>
internal sealed class HurriedTime(TimeSpan? patience = null) : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly TimeSpan _patience = patience ?? TimeSpan.FromMinutes(2);
    private long _ticks;

    public ConcurrentQueue<TimeSpan> Pauses { get; } = new();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override DateTimeOffset GetUtcNow() => Start + TimeSpan.FromTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == Timeout.InfiniteTimeSpan || dueTime >= _patience) return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
        Pauses.Enqueue(dueTime);
        var due = GetTimestamp() + dueTime.Ticks;
        return base.CreateTimer(
            state =>
            {
                for (var now = GetTimestamp(); now < due; now = GetTimestamp()) Interlocked.CompareExchange(ref _ticks, due, now);
                callback(state);
            },
            state,
            TimeSpan.Zero,
            period);
    }
}
