namespace Plumbline.Providers.Tests.Pacing;

/// <summary>
/// A little world with a clock and one thread: everything that can happen now happens, in order, before the clock jumps to the next timer. Minutes
/// pass in milliseconds, and every run is the same.
/// </summary>
internal sealed class Simulation : TimeProvider
{
    private readonly Queue<Action> _ready = new();
    private readonly PriorityQueue<SimulatedTimer, (long Due, long Order)> _timers = new();
    private readonly Thread _thread = Thread.CurrentThread;
    private readonly Context _context;
    private long _ticks;
    private long _order;

    private Simulation() => _context = new Context(this);

    public TimeSpan Now => TimeSpan.FromTicks(_ticks);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Runs <paramref name="world"/> to its end.</summary>
    public static T Run<T>(Func<Simulation, Task<T>> world)
    {
        var before = SynchronizationContext.Current;
        var simulation = new Simulation();
        SynchronizationContext.SetSynchronizationContext(simulation._context);
        try
        {
            var task = world(simulation);
            simulation.RunUntil(task);
            return task.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    public static void Run(Func<Simulation, Task> world) => Run(async simulation =>
    {
        await world(simulation);
        return true;
    });

    public override long GetTimestamp() => _ticks;

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) + Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimulatedTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private void RunUntil(Task task)
    {
        while (!task.IsCompleted)
        {
            if (_ready.TryDequeue(out var next)) next();
            else if (!Advance()) throw new InvalidOperationException($"The world stands still at {Now}: nothing is ready, and no timer is set.");
        }
    }

    private bool Advance()
    {
        while (_timers.TryDequeue(out var timer, out var due))
        {
            if (timer.Order != due.Order) continue;
            _ticks = Math.Max(_ticks, due.Due);
            timer.Fire();
            return true;
        }

        return false;
    }

    private void Post(Action action)
    {
        if (Thread.CurrentThread != _thread) throw new InvalidOperationException("The world has one thread; something ran beside it.");
        _ready.Enqueue(action);
    }

    private sealed class Context(Simulation simulation) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback callback, object? state) => simulation.Post(() => callback(state));

        public override void Send(SendOrPostCallback callback, object? state) => callback(state);
    }

    private sealed class SimulatedTimer(Simulation simulation, TimerCallback callback, object? state) : ITimer
    {
        /// <summary>Which setting of the timer counts; 0 for none.</summary>
        public long Order { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Order = dueTime == Timeout.InfiniteTimeSpan ? 0 : ++simulation._order;
            if (Order > 0) simulation._timers.Enqueue(this, (simulation._ticks + dueTime.Ticks, Order));
            return true;
        }

        public void Fire()
        {
            Order = 0;
            callback(state);
        }

        public void Dispose() => Order = 0;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
