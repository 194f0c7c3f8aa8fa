using System.Globalization;
using Plumbline.Statistics;

namespace Plumbline.Bench.Statistics;

/// <summary>Repeats a draw with a seed of its own for each row, so that rows can be run alone and give the same figures.</summary>
internal sealed class Simulation(int runs, int seed)
{
    public int Runs => runs;

    /// <summary>How often something is true, over the runs: "95.1% (94.4–95.7)".</summary>
    public string Share(string row, Func<Random, bool> isTrue) => Share(Count(row, random => isTrue(random) ? 1 : 0)[0]);

    /// <summary>How often each of several things is true in the same draws.</summary>
    public string[] Shares(string row, Func<Random, bool[]> areTrue) =>
        [.. Sums(row, random => [.. areTrue(random).Select(one => one ? 1.0 : 0)]).Select(sum => Share((int)sum))];

    /// <summary>The mean over the runs of each number that a draw gives.</summary>
    public double[] Means(string row, Func<Random, double[]> numbers) => [.. Sums(row, numbers).Select(sum => sum / runs)];

    public string Share(int count)
    {
        var share = WilsonInterval.Of(count, runs, 0.05);
        return string.Create(CultureInfo.InvariantCulture, $"{share.Rate * 100:F1}% ({share.Low * 100:F1}–{share.High * 100:F1})");
    }

    private int[] Count(string row, Func<Random, int> isTrue) => [(int)Sums(row, random => [isTrue(random)])[0]];

    private double[] Sums(string row, Func<Random, double[]> numbers)
    {
        // The row's name is part of the seed: not string.GetHashCode, which differs from process to process.
        var own = row.Aggregate(seed, (hash, letter) => unchecked(hash * 31 + letter));
        var random = new Random(own);
        double[]? sums = null;
        for (var run = 0; run < runs; run++)
        {
            var drawn = numbers(random);
            sums ??= new double[drawn.Length];
            for (var i = 0; i < drawn.Length; i++)
                sums[i] += drawn[i];
        }

        return sums!;
    }
}
