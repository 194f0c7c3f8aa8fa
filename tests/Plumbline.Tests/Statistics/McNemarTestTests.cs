using System.Numerics;
using MathNet.Numerics.Distributions;
using Plumbline.Statistics;
using Shouldly;

namespace Plumbline.Tests.Statistics;

public sealed class McNemarTestTests
{
    [Fact]
    public void It_agrees_with_R()
    {
        foreach (var row in Reference.Rows("mcnemar"))
            McNemarTest.ExactP((int)row[0], (int)row[1]).ShouldBe(row[2], row[2] * 1e-9);
    }

    [Fact]
    public void It_agrees_with_counting_coins_in_whole_numbers()
    {
        for (var b = 0; b <= 30; b++)
        {
            for (var c = 0; c <= 30; c++)
                McNemarTest.ExactP(b, c).ShouldBe(ByCounting(b, c), 1e-12);
        }
    }

    [Fact]
    public void Without_a_discordant_pair_nothing_is_shown() => McNemarTest.ExactP(0, 0).ShouldBe(1);

    [Fact]
    public void The_mid_p_agrees_with_point_probabilities_added_up_in_R()
    {
        foreach (var row in Reference.Rows("midp"))
            McNemarTest.MidP((int)row[0], (int)row[1]).ShouldBe(row[2], row[2] * 1e-9);
        McNemarTest.MidP(0, 0).ShouldBe(1);
    }

    // Fagerland, Lydersen and Laake (2013), table 1 (Bentur et al.): exact 0.0703, mid-p 0.0391.
    [Fact]
    public void The_mid_p_agrees_with_the_published_example() => McNemarTest.MidP(1, 7).ShouldBe(0.0391, 5e-5);

    // Every table of 40 pairs, weighed by its chance: the exact test is too cautious, the mid-p one is not, and neither passes 5% where a tenth of the pairs change.
    [Fact]
    public void The_mid_p_rejects_unchanged_pairs_nearly_as_often_as_stated_and_not_more()
    {
        var (exact, mid) = (0.0, 0.0);
        foreach (var (b, c, chance) in Tables(40, 0.15))
        {
            exact += McNemarTest.ExactP(b, c) <= 0.05 ? chance : 0;
            mid += McNemarTest.MidP(b, c) <= 0.05 ? chance : 0;
        }

        exact.ShouldBeLessThan(0.03);
        mid.ShouldBeInRange(0.035, 0.05);
    }

    static IEnumerable<(int B, int C, double Chance)> Tables(int n, double each) =>
        from b in Enumerable.Range(0, n + 1)
        from c in Enumerable.Range(0, n + 1 - b)
        select (b, c, new Multinomial([each, each, 1 - 2 * each], n).Probability([b, c, n - b - c]));

    static double ByCounting(int b, int c)
    {
        BigInteger ways = 1;
        BigInteger tail = 0;
        for (var i = 0; i <= Math.Min(b, c); i++)
        {
            tail += ways;
            ways = ways * (b + c - i) / (i + 1);
        }

        return Math.Min(1, 2 * (double)tail / Math.Pow(2, b + c));
    }
}
