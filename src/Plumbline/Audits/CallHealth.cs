using Plumbline.Calls;

namespace Plumbline.Audits;

/// <summary>
/// Tells a model that fails now and then, whose failures are unscored cases, from one that cannot be asked at all, where going on would
/// only write the same failure down for every remaining case.
/// </summary>
abstract class CallHealth
{
    /// <summary>This many failures before any answer: the endpoint was never there.</summary>
    internal const int FailuresAtStart = 5;

    /// <summary>This many failures in a row after answers: the endpoint has gone.</summary>
    internal const int FailuresInARow = 20;

    readonly Action withdraw;
    int inARow;
    int answered;
    Exception? lastFailure;
    Exception? givenUpFor;

    /// <summary>Nothing has failed yet.</summary>
    /// <param name="ended">Is cancelled where there is no use in going on with any model.</param>
    protected CallHealth(CancellationToken ended = default)
    {
        // Without a timer or a handle they hold nothing that would have to be given back, and the second lives as long as what it is linked to.
        var own = new CancellationTokenSource();
        var withdrawal = CancellationTokenSource.CreateLinkedTokenSource(ended, own.Token);
        (IsGivenUp, Withdrawn, withdraw) = (own.Token, withdrawal.Token, own.Cancel);
    }

    /// <summary>The latest failure of this sitting; null where every call was answered.</summary>
    public Exception? LastFailure => Volatile.Read(ref lastFailure);

    /// <summary>Is cancelled when the model is given up, or there is no use in going on with any: nothing that waits for it is sent any more.</summary>
    public CancellationToken Withdrawn { get; }

    /// <summary>Is cancelled when this very model is given up, and not where another is.</summary>
    public CancellationToken IsGivenUp { get; }

    /// <summary>Whether an earlier sitting had answers.</summary>
    protected virtual bool HasAnsweredBefore => false;

    /// <summary>A call was answered.</summary>
    public void Answered()
    {
        Interlocked.Increment(ref answered);
        Interlocked.Exchange(ref inARow, 0);
    }

    /// <summary>A call failed.</summary>
    /// <param name="failure">How.</param>
    /// <param name="isAgain">Whether the same call failed in an earlier sitting.</param>
    public void Failed(Exception failure, bool isAgain = false)
    {
        Volatile.Write(ref lastFailure, failure);
        // It says nothing about the next case; nor does a request that is refused, or answered badly, once more, and those come first when a run is gone on with.
        if (failure is CaseNotAnswerableException || (isAgain && (failure is AnswerBrokenOffException || RefusedCalls.Of(failure) == RefusalScope.ThisRequest)))
            return;

        if (RefusedCalls.Of(failure) == RefusalScope.EveryCall)
            throw GivenUp(failure);

        var failures = Interlocked.Increment(ref inARow);
        // Who answered, however badly, is there.
        var isThere = Volatile.Read(ref answered) > 0 || failure is AnswerBrokenOffException || (RefusedCalls.Of(failure) == RefusalScope.ThisRequest && HasAnsweredBefore);
        var limit = !isThere ? FailuresAtStart : FailuresInARow;
        if (failures >= limit)
            throw GivenUp(failure);
    }

    /// <summary>Spares the calls to a model that was given up meanwhile.</summary>
    public virtual void RequireHope()
    {
        if (Volatile.Read(ref givenUpFor) is { } failure)
            throw Unavailable(failure);
    }

    /// <summary>Sends nothing any more that waits for the model.</summary>
    protected void Withdraw() => withdraw();

    Exception GivenUp(Exception failure)
    {
        Volatile.Write(ref givenUpFor, failure);
        Withdraw();
        return Unavailable(failure);
    }

    /// <summary>What is thrown where there is no use in going on.</summary>
    public abstract Exception Unavailable(Exception failure);
}
