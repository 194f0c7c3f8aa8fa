using System.Runtime.InteropServices;

namespace Plumbline.Statistics.Agreement;

/// <summary>
/// Krippendorff's alpha for any number of raters, with values missing (K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011):
/// 1 − observed / expected disagreement, from the matrix of coincidences. Items that fewer than two raters valued count for nothing.
/// </summary>
public static class KrippendorffAlpha
{
    /// <summary>Values are names: any two different ones differ alike.</summary>
    /// <param name="units">For each item the raters' values; null where one is missing. They are gone through once.</param>
    /// <returns>Alpha, at most 1; null where all values are the same, or none can be paired.</returns>
    public static double? Nominal(IEnumerable<IReadOnlyList<double?>> units) => Of(Coincidences(units), (_, _) => static (one, other) => one == other ? 0 : 1);

    /// <summary>Values are ranks: the difference of two is how many values lie between them.</summary>
    /// <inheritdoc cref="Nominal"/>
    public static double? Ordinal(IEnumerable<IReadOnlyList<double?>> units) => Of(Coincidences(units), Ranks);

    /// <summary>The same for two raters, by how often each pair of values was given.</summary>
    internal static double? Ordinal(IEnumerable<((double One, double Other) Values, int Times)> pairs)
    {
        var coincidences = new Dictionary<(double, double), double>();
        foreach (var ((one, other), times) in pairs)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(coincidences, (one, other), out _) += times;
            CollectionsMarshal.GetValueRefOrAddDefault(coincidences, (other, one), out _) += times;
        }

        return Of(coincidences, Ranks);
    }

    static Func<int, int, double> Ranks(double[] values, double[] counts)
    {
        var ranks = new double[values.Length];
        double below = 0;
        for (var i = 0; i < values.Length; i++)
        {
            ranks[i] = below + (counts[i] / 2);
            below += counts[i];
        }

        return (one, other) => (ranks[one] - ranks[other]) * (ranks[one] - ranks[other]);
    }

    // Every value of a unit with every other one of it, so that a unit of m values weighs m.
    static Dictionary<(double, double), double> Coincidences(IEnumerable<IReadOnlyList<double?>> units)
    {
        var coincidences = new Dictionary<(double, double), double>();
        foreach (var unit in units)
        {
            var values = unit.Count(value => value is not null);
            for (var i = 0; values > 1 && i < unit.Count; i++)
            {
                for (var j = 0; j < unit.Count; j++)
                {
                    if (i != j && unit[i] is { } one && unit[j] is { } other)
                        CollectionsMarshal.GetValueRefOrAddDefault(coincidences, (one, other), out _) += 1.0 / (values - 1);
                }
            }
        }

        return coincidences;
    }

    static double? Of(Dictionary<(double One, double Other), double> coincidences, Func<double[], double[], Func<int, int, double>> distance)
    {
        double[] values = [.. coincidences.Where(pair => pair.Value > 0).Select(pair => pair.Key.One).Distinct().Order()];
        if (values.Length < 2)
            return null;

        double[] counts = [.. values.Select(one => values.Sum(other => coincidences.GetValueOrDefault((one, other))))];
        var (between, n) = (distance(values, counts), counts.Sum());
        var (observed, expected) = (0.0, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            for (var j = 0; j < values.Length; j++)
            {
                observed += coincidences.GetValueOrDefault((values[i], values[j])) * between(i, j);
                expected += counts[i] * counts[j] * between(i, j);
            }
        }

        return 1 - (observed * (n - 1) / expected);
    }
}
