namespace Plumbline.Statistics.Agreement;

/// <summary>
/// Krippendorff's alpha for any number of raters, with values missing (K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011):
/// 1 − observed / expected disagreement. Items that fewer than two raters valued count for nothing.
/// </summary>
public static class KrippendorffAlpha
{
    /// <summary>Values are names: any two different ones differ alike.</summary>
    /// <param name="units">For each item the raters' values; null where one is missing.</param>
    /// <returns>Alpha, at most 1; null where all values are the same, or none can be paired.</returns>
    public static double? Nominal(IEnumerable<IReadOnlyList<double?>> units) => Of(units, (_, _) => static (one, other) => one.Equals(other) ? 0 : 1);

    /// <summary>Values are amounts: differences count squared.</summary>
    /// <inheritdoc cref="Nominal"/>
    public static double? Interval(IEnumerable<IReadOnlyList<double?>> units) => Of(units, (_, _) => static (one, other) => (one - other) * (one - other));

    /// <summary>Values are ranks: the difference of two is how many values lie between them.</summary>
    /// <inheritdoc cref="Nominal"/>
    public static double? Ordinal(IEnumerable<IReadOnlyList<double?>> units) => Of(units, static (values, counts) =>
    {
        var rank = new Dictionary<double, double>();
        double below = 0;
        foreach (var (value, count) in values.Zip(counts))
        {
            rank[value] = below + count / 2;
            below += count;
        }

        return (one, other) => (rank[one] - rank[other]) * (rank[one] - rank[other]);
    });

    static double? Of(IEnumerable<IReadOnlyList<double?>> units, Func<double[], double[], Func<double, double, double>> distance)
    {
        var paired = units.Select(unit => unit.OfType<double>().ToArray()).Where(unit => unit.Length >= 2).ToList();
        var groups = paired.SelectMany(unit => unit).GroupBy(value => value).OrderBy(group => group.Key).ToList();
        double[] values = [.. groups.Select(group => group.Key)];
        double[] counts = [.. groups.Select(group => (double)group.Count())];
        if (values.Length < 2)
            return null;

        var between = distance(values, counts);
        var n = counts.Sum();
        var observed = paired.Sum(unit => unit.SelectMany(one => unit.Select(other => between(one, other))).Sum() / (unit.Length - 1)) / n;
        var expected = values.SelectMany((one, i) => values.Select((other, j) => counts[i] * counts[j] * between(one, other))).Sum() / (n * (n - 1));
        return 1 - observed / expected;
    }
}
