using System.Diagnostics;

namespace Plumbline.Providers.Pacing;

/// <summary>
/// The one layer that limits, repeats and gives up calls to one model on one host for one key. It learns how many calls at once the endpoint
/// bears (<see cref="ConcurrencyWindow"/>), leaves it alone for as long as it asks, keeps within budgets a minute, and repeats a failed call a
/// bounded number of times within a bounded time. What goes on with an answered call goes first, then the oldest, so none starves. Safe to use from many calls at once.
/// </summary>
public sealed class Pacer
{
    // Where two calls in five fail at random, so many in a row are one case in forty.
    private const int FailuresOfAServerInTrouble = 4;

    // Of the first pause: where failures are chance, waiting changes nothing, and the last calls' pauses are what a run takes longer. Yet a
    // call's attempts are not to be burnt in one moment, so the pauses grow to the first one.
    private const double FirstChancePause = 0.2;

    // Where one answer in ten is garbled at random, so many before the first good one are one endpoint in a thousand; a wrong address gives them all.
    private const int MalformedOfAWrongAddress = 3;

    // Where three in ten are refused at random, two in a row are one case in eleven, and three one in forty.
    private const int RefusedAloneByChance = 2;

    private readonly TimeProvider _time;
    private readonly CallGate _gate;
    private readonly Lock _lock = new();
    private readonly Random _spread;
    private long _calls;
    private int _refusedAlone;
    private int _failedInARow;
    private TimeSpan? _lastAnswer;
    private int _malformed;
    private PacerCounts _counts;

    internal Pacer(string host, PacerOptions options, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxConcurrency, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxRetries, nameof(options));
        Host = host;
        Options = options;
        _time = time;
        _gate = new CallGate(options, time);
        _spread = new Random(options.Seed);
    }

    /// <summary>Host and port.</summary>
    public string Host { get; }

    /// <summary>How patient it is.</summary>
    public PacerOptions Options { get; }

    /// <summary>What it has seen so far.</summary>
    public PacerCounts Counts
    {
        get
        {
            lock (_lock) return _counts;
        }
    }

    /// <summary>What it waits for, in words, such as "api.example.com asks to wait 12 s (429); 3 of 16 calls in flight"; null where nothing holds it up.</summary>
    public string? WaitingFor => WaitingAs(Host);

    /// <summary>The same under another name than its host's.</summary>
    internal string? WaitingAs(string name) => _gate.Describe() is { } reason ? $"{name} {reason}" : null;

    /// <summary>Sends a call, as often as it needs, and gives its place back.</summary>
    /// <inheritdoc cref="StartAsync"/>
    internal async Task<T> RunAsync<T>(
        Func<CancellationToken, Task<T>> send, IAttemptReader<T> reader, long expectedTokens, bool isFollowUp, CancellationToken cancellationToken, CancellationToken withdrawn = default)
    {
        using var paced = await StartAsync(send, reader, expectedTokens, isFollowUp, cancellationToken, withdrawn);
        return paced.Value;
    }

    /// <summary>Sends a call, as often as it needs; it stays in flight until the result is disposed.</summary>
    /// <param name="send">Sends it once.</param>
    /// <param name="reader">Reads what that brought.</param>
    /// <param name="expectedTokens">About how many tokens it takes; at least 1.</param>
    /// <param name="isFollowUp">Whether it goes before those that wait to begin.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="withdrawn">Ends it while it waits for its turn, or to be repeated; what is in flight goes on.</param>
    /// <exception cref="CallFailedException">The endpoint failed, and the call is given up.</exception>
    internal async Task<Paced<T>> StartAsync<T>(
        Func<CancellationToken, Task<T>> send, IAttemptReader<T> reader, long expectedTokens, bool isFollowUp, CancellationToken cancellationToken, CancellationToken withdrawn = default)
    {
        using var either = withdrawn.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, withdrawn) : null;
        var whileWaiting = either?.Token ?? cancellationToken;
        var call = new PacedCall(Interlocked.Increment(ref _calls), isFollowUp, expectedTokens);
        while (true)
        {
            var attempt = await BeginAsync(call, whileWaiting, cancellationToken);
            TimeSpan pause;
            try
            {
                var value = await send(attempt.Token);
                Answered(attempt, reader.WaitAskedBy(value), (reader.TokensOf(value) ?? expectedTokens) - expectedTokens);
                if (call.Causes.Count > 0) reader.Note(value, call.Causes);
                return new Paced<T>(value, attempt);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested && FailureOf(exception, attempt, reader) is { } failure)
            {
                pause = Failed(call, attempt, failure, exception);
            }
            catch
            {
                // The caller's own cancellation, or a fault of ours: neither says anything about the endpoint.
                attempt.Dispose();
                throw;
            }

            await Task.Delay(pause, _time, whileWaiting);
        }
    }

    /// <summary>A call that only asked whether the endpoint takes such a request was refused: that was its answer, and nothing is amiss.</summary>
    internal void WasTrial()
    {
        lock (_lock) _counts = _counts with { Refused = _counts.Refused - 1, Tried = _counts.Tried + 1 };
    }

    private static AttemptFailure? FailureOf<T>(Exception exception, PacedAttempt attempt, IAttemptReader<T> reader) =>
        attempt.Token.IsCancellationRequested ? new AttemptFailure(AttemptFault.TimedOut) : reader.FailureOf(exception);

    private async Task<PacedAttempt> BeginAsync(PacedCall call, CancellationToken whileWaiting, CancellationToken cancellationToken)
    {
        // Whoever finds a free place does not wait for one.
        whileWaiting.ThrowIfCancellationRequested();
        var place = await _gate.EnterAsync(call, whileWaiting);
        var now = _gate.Now;
        call.Attempts++;
        if (call.Attempts == 1) call.Deadline = now + Options.TotalDeadline;
        var left = call.Deadline - now;
        var limit = left > Options.AttemptTimeout ? Options.AttemptTimeout : left > TimeSpan.Zero ? left : TimeSpan.Zero;

        var isRetry = call.Attempts > 1;
        lock (_lock) _counts = _counts with { Attempts = _counts.Attempts + 1, Retries = _counts.Retries + (isRetry ? 1 : 0) };
        if (isRetry) PacerTelemetry.Retries.Add(1, new KeyValuePair<string, object?>("host", Host));
        var activity = PacerTelemetry.Activities.StartActivity("plumbline.attempt", ActivityKind.Client);
        activity?.SetTag("server.address", Host).SetTag("plumbline.attempt", call.Attempts);
        return new PacedAttempt(_gate, place, limit, _time, activity, cancellationToken);
    }

    private void Answered(PacedAttempt attempt, TimeSpan? wait, long tokensBeyond)
    {
        lock (_lock)
        {
            _counts = _counts with { Answers = _counts.Answers + 1 };
            _refusedAlone = 0;
            _failedInARow = 0;
            _lastAnswer = _gate.Now;
        }

        Tell(attempt, "answered");
        _gate.Answered(attempt.Place, tokensBeyond);
        if (wait is { } asked && asked <= Options.TotalDeadline) _gate.BeSilent(asked, "has nothing left of its limit for {0}");
    }

    /// <summary>Learns from a failure, ends the attempt, and says how long the call pauses before its next one.</summary>
    /// <exception cref="CallFailedException">The call is given up.</exception>
    private TimeSpan Failed(PacedCall call, PacedAttempt attempt, AttemptFailure failure, Exception exception)
    {
        using var ended = attempt;
        call.Failed(failure);
        var isInTrouble = Count(failure.Fault);
        Tell(attempt, failure.Fault.ToString());

        var isKnown = _gate.HasAnswered || (failure.Fault == AttemptFault.Malformed && CountMalformed() < MalformedOfAWrongAddress);
        if (failure.IsForEveryCall(isKnown)) _gate.Close(failure, exception);
        if (!failure.IsTransient(isKnown)) throw call.GiveUp(GivenUp.Final, exception);

        if (failure.Fault != AttemptFault.RateLimited) _gate.Stumbled(attempt.Place);
        else if (!_gate.Refused(attempt.Place) && failure.Wait is null) PauseAll(failure);
        if (failure.Wait is { } wait) Obey(wait, failure, exception);

        if (call.Attempts > Options.MaxRetries) throw call.GiveUp(GivenUp.Attempts, exception);
        // Who asks for next to nothing has not thought about it: attempts are not to be burnt in one moment.
        // And ever longer pauses are for a server that is in trouble, not for one that refuses at random, or that answers others in between.
        var isChance = failure.Fault == AttemptFault.RateLimited ? _gate.RefusesRegardless : !isInTrouble;
        var pause = failure.Wait is { } asked && asked >= Options.FirstPause ? asked : isChance ? PauseAfterChance(call.Attempts) : PauseAfter(call.Attempts);
        var next = _gate.Now + pause;
        if ((next > _gate.SilentUntil ? next : _gate.SilentUntil) >= call.Deadline) throw call.GiveUp(GivenUp.Deadline, exception);
        return pause;
    }

    /// <summary>What the server asks for holds for every call; longer than a call may take in all, and there is no use in any.</summary>
    private void Obey(TimeSpan wait, AttemptFailure failure, Exception exception)
    {
        if (wait < Options.TotalDeadline) _gate.BeSilent(wait, $"asks to wait {{0}} ({failure.Status})");
        else _gate.Close(failure, exception);
    }

    /// <summary>With one call at a time there is nothing left to cut: who refuses more of them in a row than chance would gets silence, ever longer.</summary>
    private void PauseAll(AttemptFailure failure)
    {
        int refused;
        lock (_lock) refused = ++_refusedAlone;
        if (refused > RefusedAloneByChance) _gate.BeSilent(PauseAfter(refused - RefusedAloneByChance), $"refuses even single calls ({failure.Status}), pausing {{0}}");
    }

    /// <summary>Spread over the upper half of the pause, so that calls that failed together do not come back together.</summary>
    private TimeSpan PauseAfter(int failures) => Spread(Doubled(Options.FirstPause, failures - 1, Options.LongestPause));

    private TimeSpan PauseAfterChance(int failures) => Spread(Doubled(Options.FirstPause * FirstChancePause, failures - 1, Options.FirstPause));

    private static TimeSpan Doubled(TimeSpan pause, int times, TimeSpan longest) => pause * Math.Pow(2, Math.Min(times, 30)) is var doubled && doubled < longest ? doubled : longest;

    private TimeSpan Spread(TimeSpan pause)
    {
        lock (_lock) return pause * (0.5 + (0.5 * _spread.NextDouble()));
    }

    /// <summary>Counts a failure; the result is whether the server seems to be in trouble: many failures, and no answer for a while.</summary>
    private bool Count(AttemptFault fault)
    {
        var now = _gate.Now;
        lock (_lock)
        {
            _counts = fault switch
            {
                AttemptFault.RateLimited => _counts with { RateLimited = _counts.RateLimited + 1 },
                AttemptFault.ServerError => _counts with { ServerErrors = _counts.ServerErrors + 1 },
                AttemptFault.TimedOut => _counts with { TimedOut = _counts.TimedOut + 1 },
                AttemptFault.Broken or AttemptFault.Malformed or AttemptFault.Unreachable => _counts with { Broken = _counts.Broken + 1 },
                _ => _counts with { Refused = _counts.Refused + 1 },
            };
            return ++_failedInARow >= FailuresOfAServerInTrouble && !(now - _lastAnswer < Options.FirstPause);
        }
    }

    private int CountMalformed()
    {
        lock (_lock) return ++_malformed;
    }

    private void Tell(PacedAttempt attempt, string outcome)
    {
        attempt.Tell(outcome);
        PacerTelemetry.Attempts.Add(1, new KeyValuePair<string, object?>("host", Host), new KeyValuePair<string, object?>("outcome", outcome));
    }
}
