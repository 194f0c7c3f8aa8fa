using Plumbline.Statistics;
using Shouldly;

namespace Plumbline.Tests.Statistics;

public sealed class WilsonIntervalTests
{
    [Fact]
    public void It_agrees_with_R()
    {
        foreach (var row in Reference.Rows("wilson"))
        {
            var share = WilsonInterval.Of((int)row[0], (int)row[1], row[2]);
            share.Low.ShouldBe(row[3], 1e-9);
            share.High.ShouldBe(row[4], 1e-9);
        }
    }

    // R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void It_agrees_with_the_published_examples(int count, int n, double low, double high)
    {
        var share = WilsonInterval.Of(count, n, 0.05);
        share.Low.ShouldBe(low, 5e-5);
        share.High.ShouldBe(high, 5e-5);
    }

    [Fact]
    public void It_holds_the_share_and_stays_between_0_and_1_for_every_count()
    {
        for (var n = 1; n <= 40; n++)
        {
            for (var count = 0; count <= n; count++)
            {
                var share = WilsonInterval.Of(count, n, 0.05);
                share.Low.ShouldBeInRange(0, share.Rate);
                share.High.ShouldBeInRange(share.Rate, 1);
                (share.High - share.Low).ShouldBeGreaterThan(0);
            }
        }
    }

    [Fact]
    public void Nonsense_is_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => WilsonInterval.Of(0, 0, 0.05));
        Should.Throw<ArgumentOutOfRangeException>(() => WilsonInterval.Of(2, 1, 0.05));
        Should.Throw<ArgumentOutOfRangeException>(() => WilsonInterval.Of(-1, 1, 0.05));
        Should.Throw<ArgumentOutOfRangeException>(() => WilsonInterval.Of(1, 1, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => WilsonInterval.Of(1, 1, double.NaN));
    }
}
