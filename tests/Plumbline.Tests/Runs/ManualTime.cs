namespace Plumbline.Tests.Runs;

/// <summary>A clock that moves when it is told; timers fire within the call that moves it. The time of day can be set back, the time that has passed
/// cannot.</summary>
sealed class ManualTime : TimeProvider
{
    readonly List<Timer> timers = [];
    TimeSpan passed;
    DateTimeOffset ofDay = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Whether a timer waits for its time.</summary>
    public bool HasTimers => timers.ToList().Exists(timer => timer.IsDue);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => passed.Ticks;

    public override DateTimeOffset GetUtcNow() => ofDay;

    public void Advance(TimeSpan by)
    {
        passed += by;
        ofDay += by;
        foreach (var timer in timers.ToList())
            timer.Fire();
    }

    public void SetBack(TimeSpan by) => ofDay -= by;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        timers.Add(timer);
        return timer;
    }

    sealed class Timer(ManualTime time, Action call) : ITimer
    {
        TimeSpan? due;

        public bool IsDue => due is not null;

        public void Fire()
        {
            if (due is not { } at || at > time.passed)
                return;
            due = null;
            call();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            due = dueTime == Timeout.InfiniteTimeSpan ? null : time.passed + dueTime;
            return true;
        }

        public void Dispose() => time.timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
