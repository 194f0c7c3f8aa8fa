using Plumbline.Statistics;
using Shouldly;

namespace Plumbline.Tests.Statistics;

public sealed class IndependentDifferenceTests
{
    // Newcombe (1998), table II, method 10: contrasts (a), (b), (d) and (f).
    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(5, 56, 0, 29, -0.0381, 0.1926)]
    [InlineData(0, 10, 0, 10, -0.2775, 0.2775)]
    public void The_interval_is_the_published_one(int a, int m, int b, int n, double low, double high)
    {
        var difference = IndependentDifference.Of(WilsonInterval.Of(a, m, 0.05), WilsonInterval.Of(b, n, 0.05));

        difference.Estimate.ShouldBe((double)a / m - (double)b / n, 1e-12);
        difference.Low.ShouldBe(low, 5e-5);
        difference.High.ShouldBe(high, 5e-5);
    }
}
