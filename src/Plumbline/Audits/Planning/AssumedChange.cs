namespace Plumbline.Audits.Planning;

/// <summary>What is assumed of the candidate, to see what an audit would make of it.</summary>
/// <param name="Shift">By how much the share of bad outcomes truly changes, −1 to 1: 0.03 is three points more.</param>
/// <param name="Noise">The share of cases that change by chance besides, half of them each way: 0 or more. The default is what unchanged models show
/// at a temperature above 0.</param>
public sealed record AssumedChange(double Shift, double Noise = AssumedChange.UsualNoise)
{
    /// <summary>Two cases in a hundred.</summary>
    public const double UsualNoise = 0.02;

    /// <summary>The chance that a case breaks.</summary>
    public double Broke => Noise / 2 + Math.Max(0, Shift);

    /// <summary>The chance that a case is mended.</summary>
    public double Mended => Noise / 2 + Math.Max(0, -Shift);

    /// <summary>Refuses what cannot be.</summary>
    /// <param name="parameter">The name of the caller's parameter.</param>
    /// <exception cref="ArgumentException">More cases would change than there are, or a share is negative.</exception>
    internal void Check(string parameter)
    {
        if (!(Noise >= 0) || !(Broke + Mended <= 1))
            throw new ArgumentException($"{this}: shift and noise together change at most every case.", parameter);
    }
}
