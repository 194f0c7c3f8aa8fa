namespace Plumbline.Providers.Pacing;

/// <summary>
/// Lets calls to an endpoint in, each in its turn: as many at once as its window holds, as many a minute as the budgets allow, and none while it is
/// to be left alone. Safe to use from many calls at once.
/// </summary>
internal sealed class CallGate
{
    /// <summary>A call that is in flight for longer is worth a word: whoever looks on would take the run for stuck.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly ConcurrencyWindow _window;
    private readonly MinuteBudget? _requests;
    private readonly MinuteBudget? _tokens;
    private readonly PriorityQueue<WaitingTurn, long> _queue = new();
    private readonly Dictionary<long, TimeSpan> _inFlight = [];
    private readonly TimeSpan _attemptTimeout;
    private TimeSpan _silentUntil = TimeSpan.MinValue;
    private string _silentBecause = "";
    private TimeSpan _wakesAt = TimeSpan.MaxValue;
    private AttemptFailure? _closedBy;
    private Exception? _closedByException;

    public CallGate(PacerOptions options, TimeProvider time)
    {
        _time = time;
        _started = time.GetTimestamp();
        _attemptTimeout = options.AttemptTimeout;
        _window = new ConcurrencyWindow(options.MaxConcurrency);
        _requests = options.RequestsPerMinute is { } requests ? new MinuteBudget(requests) : null;
        _tokens = options.TokensPerMinute is { } tokens ? new MinuteBudget(tokens) : null;
    }

    /// <summary>Time since the gate was made, on the clock that nobody can set.</summary>
    public TimeSpan Now => _time.GetElapsedTime(_started);

    /// <summary>When the endpoint may be called again.</summary>
    public TimeSpan SilentUntil
    {
        get
        {
            lock (_lock) return _silentUntil;
        }
    }

    /// <summary>Whether the endpoint has ever answered.</summary>
    public bool HasAnswered
    {
        get
        {
            lock (_lock) return _window.HasAnswered;
        }
    }

    /// <summary>Waits for the call's turn. The result is its place in the order of sending; the call must <see cref="Leave"/>.</summary>
    /// <exception cref="CallFailedException">No call is let in any more, or none before the call's deadline.</exception>
    public async Task<long> EnterAsync(PacedCall call, CancellationToken cancellationToken)
    {
        var turn = new WaitingTurn(call.ExpectedTokens);
        lock (_lock)
        {
            if (_closedBy is { } failure) throw Closed(failure, call.Attempts);
            _queue.Enqueue(turn, call.Turn);
            LetIn();
        }

        if (turn.Task.IsCompleted) return await turn.Task;
        using var patience = call.Deadline == TimeSpan.MaxValue ? null : new CancellationTokenSource(Longer(call.Deadline - Now, TimeSpan.Zero), _time);
        await using var late = patience?.Token.UnsafeRegister(static state => ((WaitingTurn)state!).TrySetException(new TimeoutException()), turn) ?? default;
        await using var cancelled = cancellationToken.UnsafeRegister(static (state, token) => ((WaitingTurn)state!).TrySetCanceled(token), turn);
        try
        {
            return await turn.Task;
        }
        catch (TimeoutException exception)
        {
            throw call.GiveUp(GivenUp.Deadline, exception);
        }
    }

    /// <summary>The call at <paramref name="place"/> is over; its place is free.</summary>
    public void Leave(long place)
    {
        lock (_lock)
        {
            _inFlight.Remove(place);
            _window.Leave();
            LetIn();
        }
    }

    /// <summary>The call at <paramref name="place"/> was answered.</summary>
    /// <param name="place">Its place in the order of sending.</param>
    /// <param name="tokensBeyond">How many more tokens it took than expected; negative for fewer.</param>
    public void Answered(long place, long tokensBeyond)
    {
        lock (_lock)
        {
            _window.Answered(place);
            _tokens?.Correct(tokensBeyond);
        }
    }

    /// <summary>The call at <paramref name="place"/> was refused as one too many. False where it was the only one, so that there was nothing to cut.</summary>
    public bool Refused(long place)
    {
        lock (_lock)
        {
            var wasAlone = _window.Size == 1;
            _window.Refused(place);
            return !wasAlone;
        }
    }

    /// <summary>The call at <paramref name="place"/> failed for another reason.</summary>
    public void Stumbled(long place)
    {
        lock (_lock) _window.Stumbled(place);
    }

    /// <summary>Whether the endpoint refuses calls however few there are.</summary>
    public bool RefusesRegardless
    {
        get
        {
            lock (_lock) return _window.RefusesRegardless;
        }
    }

    /// <summary>Lets nobody in for as long.</summary>
    /// <param name="wait">How long from now on; a longer silence that is already under way stays.</param>
    /// <param name="because">Why, in words after the host's name, with {0} for what is left of it.</param>
    public void BeSilent(TimeSpan wait, string because)
    {
        lock (_lock)
        {
            if (Now + wait is var until && until > _silentUntil) (_silentUntil, _silentBecause) = (until, because);
        }
    }

    /// <summary>Lets nobody in any more, and sends away who waits.</summary>
    public void Close(AttemptFailure failure, Exception exception)
    {
        lock (_lock)
        {
            if (_closedBy is not null) return;
            (_closedBy, _closedByException) = (failure, exception);
            while (_queue.TryDequeue(out var turn, out _)) turn.TrySetException(Closed(failure, attempts: 0));
        }
    }

    /// <summary>What holds calls up, in words after the host's name; null where nothing does.</summary>
    public string? Describe()
    {
        lock (_lock)
        {
            var now = Now;
            var reason = _silentUntil > now ? string.Format(_silentBecause, Words(_silentUntil - now))
                : _queue.Count == 0 ? null
                : _requests?.NextAt > now ? $"is asked at most {_requests.PerMinute} times a minute"
                : _tokens?.NextAt > now ? $"is given at most {_tokens.PerMinute} tokens a minute"
                : _window is { HasBeenCut: true, HasRoom: false, RefusesRegardless: false } ? "has refused more at once (429)"
                : null;
            return reason is null ? DescribeLongest(now) : $"{reason}; {_window.InFlight} of {_window.Size} calls in flight";
        }
    }

    private string? DescribeLongest(TimeSpan now)
    {
        if (_inFlight.Count == 0 || now - _inFlight.Values.Min() is var longest && longest < Long) return null;

        var calls = _inFlight.Count == 1 ? "1 call in flight, for" : $"{_inFlight.Count} calls in flight, the longest for";
        return $"has {calls} {Words(longest)} of at most {Words(_attemptTimeout)}";
    }

    private CallFailedException Closed(AttemptFailure failure, int attempts) => new(failure, attempts, GivenUp.Final, _closedByException);

    /// <summary>Lets in as many as may be, and sees to it that the next is not forgotten.</summary>
    private void LetIn()
    {
        var now = Now;
        while (_queue.TryPeek(out var turn, out _))
        {
            if (!turn.Task.IsCompleted)
            {
                // A place that becomes free comes here by itself; only time must be waited for.
                if (!_window.HasRoom) return;
                if (OpensAt is var opens && opens > now)
                {
                    WakeAt(opens, now);
                    return;
                }

                Admit(turn, now);
            }

            _queue.Dequeue();
        }
    }

    private void Admit(WaitingTurn turn, TimeSpan now)
    {
        var place = _window.Enter();
        if (!turn.TrySetResult(place))
        {
            _window.Leave();
            return;
        }

        _inFlight.Add(place, now);
        _requests?.Spend(1, now);
        _tokens?.Spend(turn.ExpectedTokens, now);
    }

    private TimeSpan OpensAt => Longer(_silentUntil, Longer(_requests?.NextAt ?? TimeSpan.MinValue, _tokens?.NextAt ?? TimeSpan.MinValue));

    private void WakeAt(TimeSpan moment, TimeSpan now)
    {
        if (_wakesAt <= moment) return;
        _wakesAt = moment;
        _ = WakeAfterAsync(moment - now);
    }

    private async Task WakeAfterAsync(TimeSpan wait)
    {
        // A timer may be early by a part of a millisecond.
        await Task.Delay(wait + TimeSpan.FromMilliseconds(1), _time);
        lock (_lock)
        {
            _wakesAt = TimeSpan.MaxValue;
            LetIn();
        }
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static string Words(TimeSpan wait) => wait.TotalSeconds < 90 ? $"{Math.Ceiling(wait.TotalSeconds):0} s" : $"{Math.Ceiling(wait.TotalMinutes):0} min";
}
