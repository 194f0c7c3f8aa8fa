namespace Plumbline.Reports.Charts;

/// <summary>One estimate in a plot, in the axis's own units, with its interval where there is one.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="Low">The interval's lower end, or null without an interval.</param>
/// <param name="High">The interval's upper end, or null without an interval.</param>
public sealed record PlotPoint(double Value, double? Low = null, double? High = null);
