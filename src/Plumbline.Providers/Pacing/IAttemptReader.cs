namespace Plumbline.Providers.Pacing;

/// <summary>Reads what an attempt brought, in the terms of the endpoint's protocol.</summary>
/// <typeparam name="T">What an attempt brings.</typeparam>
internal interface IAttemptReader<in T>
{
    /// <summary>How long the server asks to be left alone though it answered; null where it does not.</summary>
    TimeSpan? WaitAskedBy(T answer);

    /// <summary>How many tokens the call took; null where the server does not say.</summary>
    long? TokensOf(T answer);

    /// <summary>Notes beside an answer why the attempts before it failed.</summary>
    void Note(T answer, IReadOnlyList<string> causes);

    /// <summary>What an exception means; null where it is not the endpoint's.</summary>
    AttemptFailure? FailureOf(Exception exception);
}
