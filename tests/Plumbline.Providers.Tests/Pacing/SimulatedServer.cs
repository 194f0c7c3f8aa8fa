using Plumbline.Providers.Pacing;

namespace Plumbline.Providers.Tests.Pacing;

/// <summary>A server in a <see cref="Simulation"/>: it takes its time, bears so much at once and so much a second, and fails as it is told.</summary>
internal sealed class SimulatedServer(Simulation world) : IAttemptReader<int>
{
    private readonly Queue<TimeSpan> _lastSecond = new();
    private int _inFlight;

    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(50);

    public int Bears { get; init; } = int.MaxValue;

    public int BearsPerSecond { get; init; } = int.MaxValue;

    /// <summary>The failure of the n-th request (from 1) of a call; null for none.</summary>
    public Func<int, int, AttemptFailure?> Fails { get; init; } = (_, _) => null;

    /// <summary>What a good answer asks to wait.</summary>
    public Func<int, TimeSpan?> Asks { get; init; } = _ => null;

    public int MostAtOnce { get; private set; }

    /// <summary>When each request came, and of which call it was.</summary>
    public List<(TimeSpan At, int Call)> Requests { get; } = [];

    /// <summary>When each refusal (429) went out.</summary>
    public List<TimeSpan> Refusals { get; } = [];

    public HashSet<int> Answered { get; } = [];

    /// <summary>When each answer went out.</summary>
    public List<TimeSpan> AnsweredAt { get; } = [];

    public async Task<int> SendAsync(int call, CancellationToken cancellationToken)
    {
        Requests.Add((world.Now, call));
        MostAtOnce = Math.Max(MostAtOnce, ++_inFlight);
        try
        {
            while (_lastSecond.TryPeek(out var oldest) && world.Now - oldest >= TimeSpan.FromSeconds(1)) _lastSecond.Dequeue();
            if (_inFlight > Bears || _lastSecond.Count >= BearsPerSecond) throw Refuse(new AttemptFailure(AttemptFault.RateLimited, 429));
            _lastSecond.Enqueue(world.Now);
            if (Fails(call, Requests.Count) is { } failure)
            {
                if (failure.Fault == AttemptFault.TimedOut) await Task.Delay(Timeout.InfiniteTimeSpan, world, cancellationToken);
                throw failure.Fault == AttemptFault.RateLimited ? Refuse(failure) : new SimulatedFailure(failure);
            }

            await Task.Delay(Latency, world, cancellationToken);
            if (!Answered.Add(call)) throw new InvalidOperationException($"Call {call} was sent again though it had been answered.");
            AnsweredAt.Add(world.Now);
            return call;
        }
        finally
        {
            _inFlight--;
        }
    }

    /// <summary>Why the attempts before an answer failed, by call.</summary>
    public Dictionary<int, IReadOnlyList<string>> Noted { get; } = [];

    public void Note(int answer, IReadOnlyList<string> causes) => Noted.Add(answer, causes);

    public TimeSpan? WaitAskedBy(int answer) => Asks(answer);

    public long? TokensOf(int answer) => 10;

    public AttemptFailure? FailureOf(Exception exception) => (exception as SimulatedFailure)?.Failure;

    private SimulatedFailure Refuse(AttemptFailure failure)
    {
        Refusals.Add(world.Now);
        return new SimulatedFailure(failure);
    }

    private sealed class SimulatedFailure(AttemptFailure failure) : Exception(failure.ToString())
    {
        public AttemptFailure Failure { get; } = failure;
    }
}
