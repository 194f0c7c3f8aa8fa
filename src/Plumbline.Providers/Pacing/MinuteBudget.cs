namespace Plumbline.Providers.Pacing;

/// <summary>
/// A budget that is spent evenly, by the generic cell rate algorithm (ITU-T I.371, annex A): no minute holds more than the budget, and none is
/// spent in one burst, which servers that count in seconds would refuse. Not safe to use from several threads.
/// </summary>
/// <param name="perMinute">The budget; at least 1.</param>
internal sealed class MinuteBudget(int perMinute)
{
    // Spending may run this far ahead of even, to make up for timers that fire late. With the hundredth left unspent, 60 s hold
    // (60 + 0.6) · 0.99 / 60 = 0.9999 of the budget.
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(0.6);
    private readonly double _secondsEach = 60 / (0.99 * perMinute);
    private TimeSpan _evenAt = TimeSpan.MinValue;

    /// <summary>What it allows in a minute.</summary>
    public int PerMinute => perMinute;

    /// <summary>When something may be spent again, on the clock of <see cref="Spend"/>.</summary>
    public TimeSpan NextAt => _evenAt == TimeSpan.MinValue ? TimeSpan.MinValue : _evenAt - Ahead;

    /// <summary>Takes <paramref name="amount"/> out, at <paramref name="now"/>.</summary>
    public void Spend(double amount, TimeSpan now) => _evenAt = (_evenAt > now ? _evenAt : now) + TimeSpan.FromSeconds(amount * _secondsEach);

    /// <summary>Puts back what was taken too much, or takes what was too little.</summary>
    public void Correct(double amount) => _evenAt += TimeSpan.FromSeconds(amount * _secondsEach);
}
