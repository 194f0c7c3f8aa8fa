namespace Plumbline.Reports.Charts;

/// <summary>A stretch of a plot in percent of its width.</summary>
/// <param name="Start">The left end, 0..100.</param>
/// <param name="Width">The width; never negative.</param>
public readonly record struct PlotSpan(double Start, double Width)
{
    /// <summary>The right end, 0..100.</summary>
    public double End => Start + Width;

    /// <summary>The stretch between two positions in either order.</summary>
    public static PlotSpan Between(double one, double other) => new(Math.Min(one, other), Math.Abs(other - one));
}
