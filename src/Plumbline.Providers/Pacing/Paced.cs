namespace Plumbline.Providers.Pacing;

/// <summary>An answer, and the attempt that brought it: in flight until it is disposed, so that a place is taken for as long as a stream lasts.</summary>
/// <param name="Value">The answer.</param>
/// <param name="Attempt">The attempt.</param>
internal sealed record Paced<T>(T Value, PacedAttempt Attempt) : IDisposable
{
    public void Dispose() => Attempt.Dispose();
}
