using MathNet.Numerics.Distributions;
using Plumbline.Statistics;

namespace Plumbline.Audits.Planning;

/// <summary>
/// What the rule decides for every number of broken and mended among independent cases. For a given number mended, more broken cases move the verdict
/// one way only: improved, held, not enough evidence, regressed. So its three borders are found by bisection, and their chances come from the
/// binomial distribution.
/// </summary>
sealed class VerdictTable(int cases, DecisionRule rule)
{
    /// <summary>Numbers of mended cases that are rarer than this altogether are left out; the chances are scaled to 1 again.</summary>
    const double Negligible = 1e-9;

    static readonly VerdictOutcome[] Ascending = [VerdictOutcome.Improved, VerdictOutcome.Held, VerdictOutcome.NotEnoughEvidence, VerdictOutcome.Regressed];

    readonly Dictionary<int, int[]> borders = [];

    public VerdictChances Chances(AssumedChange change)
    {
        var chances = new double[Ascending.Length];
        for (var mended = 0; mended <= cases; mended++)
        {
            var weight = Binomial.PMF(change.Mended, cases, mended);
            if (weight < Negligible / cases)
            {
                if (mended > change.Mended * cases)
                    break;
                continue;
            }

            Add(chances, mended, weight, change);
        }

        var all = chances.Sum();
        return new VerdictChances(change, chances[3] / all, chances[1] / all, chances[0] / all, chances[2] / all);
    }

    void Add(double[] chances, int mended, double weight, AssumedChange change)
    {
        // Of the cases that were not mended, so many break by chance.
        var others = cases - mended;
        var broke = change.Mended >= 1 ? 0 : Math.Min(1, change.Broke / (1 - change.Mended));
        double below = 0;
        var ends = Borders(mended);
        for (var place = 0; place < Ascending.Length; place++)
        {
            var upTo = place == ends.Length ? 1 : ends[place] == 0 ? 0 : Binomial.CDF(broke, others, ends[place] - 1);
            chances[place] += weight * Math.Max(0, upTo - below);
            below = Math.Max(below, upTo);
        }
    }

    /// <summary>For each verdict but the last, the first number of broken cases from which on it is a later one.</summary>
    int[] Borders(int mended)
    {
        if (borders.TryGetValue(mended, out var known))
            return known;

        var found = new int[Ascending.Length - 1];
        for (var place = 0; place < found.Length; place++)
        {
            var (low, high) = (place == 0 ? 0 : found[place - 1], cases - mended + 1);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (Array.IndexOf(Ascending, Decide(middle, mended)) > place)
                    high = middle;
                else
                    low = middle + 1;
            }

            found[place] = low;
        }

        return borders[mended] = found;
    }

    internal VerdictOutcome Decide(int broke, int mended) => VerdictRule.ByFigures(
        PairedDifference.Of(broke, mended, cases, rule.IntervalAlpha ?? rule.Alpha),
        McNemarTest.ExactP(broke, mended),
        rule);
}
