namespace Plumbline.Tuning.Tests;

/// <summary>A clock that a test moves.</summary>
sealed class SteppedTime : TimeProvider
{
    long ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => ticks;

    public void Advance(TimeSpan by) => ticks += by.Ticks;
}
