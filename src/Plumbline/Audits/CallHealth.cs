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

    int inARow;
    int answered;
    Exception? lastFailure;

    /// <summary>The latest failure of this sitting; null where every call was answered.</summary>
    public Exception? LastFailure => Volatile.Read(ref lastFailure);

    /// <summary>A call was answered.</summary>
    public void Answered()
    {
        Interlocked.Increment(ref answered);
        Interlocked.Exchange(ref inARow, 0);
    }

    /// <summary>A call failed.</summary>
    public void Failed(Exception failure)
    {
        Volatile.Write(ref lastFailure, failure);
        // It says nothing about the next case.
        if (failure is CaseNotAnswerableException)
            return;

        if (RefusedCalls.Of(failure) == RefusalScope.EveryCall)
            throw Unavailable(failure);

        var failures = Interlocked.Increment(ref inARow);
        // Who answered, however badly, is there.
        var limit = Volatile.Read(ref answered) == 0 && failure is not AnswerBrokenOffException ? FailuresAtStart : FailuresInARow;
        if (failures >= limit)
            throw Unavailable(failure);
    }

    /// <summary>What is thrown where there is no use in going on.</summary>
    public abstract Exception Unavailable(Exception failure);
}
