namespace Plumbline.Reports.Charts;

/// <summary>Where the parts of a dumbbell lie, in percent of the plot's width: a pure function of the row and the axis.</summary>
/// <param name="Baseline">The baseline's dot; null where it was not judged.</param>
/// <param name="Candidate">The candidate's dot; null where it was not judged.</param>
/// <param name="BaselineInterval">The baseline's interval.</param>
/// <param name="CandidateInterval">The candidate's interval.</param>
/// <param name="Bar">The bar that joins the dots.</param>
/// <param name="Margin">The band from the baseline to the end of the margin.</param>
public sealed record DumbbellGeometry(
    double? Baseline,
    double? Candidate,
    PlotSpan? BaselineInterval,
    PlotSpan? CandidateInterval,
    PlotSpan? Bar,
    PlotSpan? Margin)
{
    /// <summary>Dots nearer than this, in percent of the width, have their values written to opposite sides.</summary>
    private const double Crowded = 14;

    /// <summary>How the baseline's value is anchored to its dot, in SVG's words: <c>start</c>, <c>middle</c> or <c>end</c>.</summary>
    public string BaselineAnchor => Anchor(Baseline, Candidate, leansLeft: true);

    /// <summary>How the candidate's value is anchored to its dot.</summary>
    public string CandidateAnchor => Anchor(Candidate, Baseline, leansLeft: false);

    /// <summary>Lays out one row.</summary>
    public static DumbbellGeometry Of(DumbbellRow row, PlotAxis axis)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(axis);
        double? baseline = row.Baseline is { } b ? axis.Position(b.Value) : null;
        double? candidate = row.Candidate is { } c ? axis.Position(c.Value) : null;
        return new DumbbellGeometry(
            baseline,
            candidate,
            Interval(row.Baseline, axis),
            Interval(row.Candidate, axis),
            baseline is { } from && candidate is { } to ? PlotSpan.Between(from, to) : null,
            baseline is { } start && row.MarginTo is { } end ? PlotSpan.Between(start, axis.Position(end)) : null);
    }

    /// <summary>Two values side by side lean away from each other; where the dots coincide, the baseline's goes to the left.</summary>
    private static string Anchor(double? own, double? other, bool leansLeft)
    {
        if (own is not { } here || other is not { } there || Math.Abs(here - there) >= Crowded)
        {
            return "middle";
        }

        return here < there || (here == there && leansLeft) ? "end" : "start";
    }

    private static PlotSpan? Interval(PlotPoint? point, PlotAxis axis) =>
        point is { Low: { } low, High: { } high } ? PlotSpan.Between(axis.Position(low), axis.Position(high)) : null;
}
