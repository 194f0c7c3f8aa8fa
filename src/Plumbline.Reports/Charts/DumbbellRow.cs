namespace Plumbline.Reports.Charts;

/// <summary>One measure of a pair: two estimates on one axis, and the stretch that the margin allows.</summary>
/// <param name="Label">The measure's name.</param>
/// <param name="Note">What the numbers are a share or a mean of, such as <c>n = 250</c>.</param>
/// <param name="Baseline">The model before fine-tuning; null where it was not judged.</param>
/// <param name="Candidate">The model after fine-tuning; null where it was not judged.</param>
/// <param name="Write">How a value of this measure is written.</param>
/// <param name="MarginTo">The value up to (or down to) which a candidate counts as no worse than the baseline; null where no margin applies.</param>
public sealed record DumbbellRow(
    string Label,
    string? Note,
    PlotPoint? Baseline,
    PlotPoint? Candidate,
    Func<double, string> Write,
    double? MarginTo = null);
