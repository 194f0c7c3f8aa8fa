using System.Runtime.ExceptionServices;
using Plumbline.Costs;

namespace Plumbline.Audits;

/// <summary>
/// Does steps side by side until one finds that there is no use in going on: the budget is reached, or a model cannot be asked. Then no further step begins, but
/// those under way are finished, since their calls are paid for.
/// </summary>
/// <param name="concurrency">How many at once; at least 1.</param>
/// <param name="time">The clock of <see cref="Patience"/>.</param>
sealed class StepRunner(int concurrency, TimeProvider time)
{
    /// <summary>How long calls under way are waited for where a model cannot be asked: its own may hang. Those at a budget are all answered.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    Exception? end;

    /// <summary>Whether there is no use in going on.</summary>
    public bool HasEnded => Volatile.Read(ref end) is not null;

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

                try
                {
                    await step(one, token);
                }
                catch (Exception e) when (IsEnd(e))
                {
                    if (Interlocked.CompareExchange(ref end, e, null) is null && e is not BudgetReachedException)
                        timer.Change(Patience, Timeout.InfiniteTimeSpan);
                }
            });
        }
        catch (OperationCanceledException) when (HasEnded && !cancellationToken.IsCancellationRequested)
        {
            // What is still under way hangs.
        }

        if (end is { } found)
            ExceptionDispatchInfo.Throw(found);
    }

    /// <summary>Whether a failure says that there is no use in going on.</summary>
    public static bool IsEnd(Exception exception) => exception is BudgetReachedException or SideUnavailableException or JudgeUnavailableException or HelperUnavailableException;
}
