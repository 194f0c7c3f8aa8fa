using System.Numerics;
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
