namespace Plumbline.Bench.Statistics;

/// <summary>What a pair of models does, case by case: the chances of the four cells.</summary>
/// <param name="Name">In a word.</param>
/// <param name="Broke">Good before, bad after.</param>
/// <param name="Mended">Bad before, good after.</param>
/// <param name="Stayed">Bad before and after.</param>
internal sealed record Truth(string Name, double Broke, double Mended, double Stayed)
{
    /// <summary>The seed article's control and its Finance model, 1.6% and 26.8%, as if their answers were independent.</summary>
    public static readonly Truth Article = new("the article's: 1.6% to 26.8%", 0.268 * 0.984, 0.016 * 0.732, 0.016 * 0.268);

    public static readonly Truth TenPoints = new("ten points worse", 0.11, 0.01, 0.02);

    public static readonly Truth FivePoints = new("five points worse", 0.06, 0.01, 0.02);

    public static readonly Truth AtTheMargin = new("three points worse (the margin)", 0.04, 0.01, 0.02);

    public static readonly Truth Unchanged = new("unchanged, 2% change by chance", 0.01, 0.01, 0.02);

    public static readonly Truth Restless = new("unchanged, 20% change by chance", 0.1, 0.1, 0.05);

    public static readonly Truth Same = new("nothing changes", 0, 0, 0.02);

    public double Difference => Broke - Mended;

    /// <summary>One case: 1 broke, −1 mended, 0 as before; and whether it was bad before.</summary>
    public (int Change, bool WasBad) Draw(Random random)
    {
        var u = random.NextDouble();
        return u < Broke ? (1, false) : u < Broke + Mended ? (-1, true) : (0, u < Broke + Mended + Stayed);
    }

    /// <summary>Counts of the four cells over independent cases.</summary>
    public (int Both, int CandidateOnly, int BaselineOnly, int Neither) Table(Random random, int cases)
    {
        var (both, candidate, baseline) = (0, 0, 0);
        for (var i = 0; i < cases; i++)
        {
            var (change, wasBad) = Draw(random);
            both += change == 0 && wasBad ? 1 : 0;
            candidate += change == 1 ? 1 : 0;
            baseline += change == -1 ? 1 : 0;
        }

        return (both, candidate, baseline, cases - both - candidate - baseline);
    }

    /// <summary>Changes of cases that share prompts: with the chance <paramref name="sharing"/> all cases of a prompt do the same.</summary>
    public int[][] Prompts(Random random, int prompts, int casesPerPrompt, double sharing) =>
    [
        .. Enumerable.Range(0, prompts).Select(_ =>
        {
            var isAlike = random.NextDouble() < sharing;
            var common = Draw(random).Change;
            return Enumerable.Range(0, casesPerPrompt).Select(_ => isAlike ? common : Draw(random).Change).ToArray();
        }),
    ];
}
