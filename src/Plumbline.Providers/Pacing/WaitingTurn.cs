namespace Plumbline.Providers.Pacing;

/// <summary>A call's wait for its turn; the result is its place in the order of sending. Whoever is let in goes on by himself, not inside the gate.</summary>
internal sealed class WaitingTurn(long expectedTokens) : TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    /// <summary>About how many tokens the call takes.</summary>
    public long ExpectedTokens => expectedTokens;
}
