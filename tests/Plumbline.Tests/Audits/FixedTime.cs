namespace Plumbline.Tests.Audits;

/// <summary>A clock that stands.</summary>
sealed class FixedTime(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
