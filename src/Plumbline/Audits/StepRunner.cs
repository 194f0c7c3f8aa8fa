using System.Runtime.ExceptionServices;
using Plumbline.Costs;

namespace Plumbline.Audits;

/// <summary>
/// Does steps side by side until one finds that there is no use in going on: the budget is reached, or a model cannot be asked. Then no further step begins, but
/// those under way are finished, since their calls are paid for; what waits for its turn is not sent (<see cref="Withdrawn"/>).
/// </summary>
sealed class StepRunner
{
    /// <summary>How long calls under way are waited for where a model cannot be asked: its own may hang. Those at a budget are all answered.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    readonly int concurrency;
    readonly TimeProvider time;
    readonly Action? told;
    readonly Action withdraw;
    int underWay;
    EndFound? end;

    /// <summary>Begins.</summary>
    /// <param name="concurrency">How many at once; at least 1.</param>
    /// <param name="time">The clock of <see cref="Patience"/>.</param>
    /// <param name="told">Is called when the end is found, and after each step that is over from then on; null for nothing.</param>
    public StepRunner(int concurrency, TimeProvider time, Action? told = null)
    {
        (this.concurrency, this.time, this.told) = (concurrency, time, told);
        // Without a timer or a handle it holds nothing that would have to be given back.
        var withdrawal = new CancellationTokenSource();
        (Withdrawn, withdraw) = (withdrawal.Token, withdrawal.Cancel);
    }

    /// <summary>Is cancelled when a model or judge is given up: what waits for its turn with another is not to be sent any more, and a step that ends as cancelled
    /// by this is left for another time. Not at a budget: what it had room for is made, and waited for, calls that cost nothing and wait for their turn among them.</summary>
    public CancellationToken Withdrawn { get; }

    /// <summary>Whether there is no use in going on.</summary>
    public bool HasEnded => Volatile.Read(ref end) is not null;

    /// <summary>What is still waited for; null as long as there is use in going on.</summary>
    public AuditEnding? Ending => Volatile.Read(ref end) is { } found ? new AuditEnding(Why(found.Exception), Volatile.Read(ref underWay), found.Until) : null;

    /// <summary>Does them.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="step">Does one.</param>
    /// <param name="cancellationToken">Breaks off what is under way.</param>
    /// <exception cref="BudgetReachedException">A step found it so, and those under way are finished; other exceptions break all off.</exception>
    /// <exception cref="SideUnavailableException">The same.</exception>
    /// <exception cref="JudgeUnavailableException">The same.</exception>
    /// <exception cref="HelperUnavailableException">The same.</exception>
    public async Task RunAsync<T>(IEnumerable<T> steps, Func<T, CancellationToken, ValueTask> step, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource();
        await using var timer = time.CreateTimer(static over => ((CancellationTokenSource)over!).Cancel(), patience, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        var options = new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = either.Token };
        try
        {
            await Parallel.ForEachAsync(steps.TakeWhile(_ => !HasEnded), options, async (one, token) =>
            {
                if (HasEnded)
                    return;

                Interlocked.Increment(ref underWay);
                try
                {
                    await step(one, token);
                }
                catch (Exception e) when (IsEnd(e))
                {
                    var found = new EndFound(e, e is BudgetReachedException ? null : time.GetUtcNow() + Patience);
                    if (Interlocked.CompareExchange(ref end, found, null) is null && found.Until is not null)
                    {
                        timer.Change(Patience, Timeout.InfiniteTimeSpan);
                        withdraw();
                    }
                }
                catch (OperationCanceledException) when (Withdrawn.IsCancellationRequested && !token.IsCancellationRequested)
                {
                    // It waited for its turn with another model than the one that was given up.
                }
                finally
                {
                    Interlocked.Decrement(ref underWay);
                    if (HasEnded)
                        told?.Invoke();
                }
            });
        }
        catch (OperationCanceledException) when (HasEnded && !cancellationToken.IsCancellationRequested)
        {
            // What is still under way hangs.
        }

        if (end is { } found)
            ExceptionDispatchInfo.Throw(found.Exception);
    }

    static string Why(Exception end) => end switch
    {
        BudgetReachedException => "the budget is reached",
        SideUnavailableException side => $"the {side.Side.ToString().ToLowerInvariant()} cannot be asked",
        JudgeUnavailableException => "the judge is given up",
        _ => "the helper model cannot be asked",
    };

    /// <summary>Whether a failure says that there is no use in going on.</summary>
    public static bool IsEnd(Exception exception) => exception is BudgetReachedException or SideUnavailableException or JudgeUnavailableException or HelperUnavailableException;

    sealed record EndFound(Exception Exception, DateTimeOffset? Until);
}
