using Plumbline.Statistics.Sequential;
using Shouldly;

namespace Plumbline.Tests.Statistics.Sequential;

public sealed class McNemarEvidenceTests
{
    [Fact]
    public void It_agrees_with_integrating_the_mixture_in_R()
    {
        foreach (var row in Reference.Rows("evalue"))
            Math.Exp(McNemarEvidence.LogOf((int)row[0], (int)row[1], row[2], row[3])).ShouldBe(row[4], row[4] * 1e-8);
    }

    // A fair game: before each coin, the mean of what the evidence may become is what it is.
    [Theory]
    [InlineData(0.5, 0.5)]
    [InlineData(5, 0.5)]
    public void It_is_a_fair_game_if_nothing_changed(double breaks, double mends)
    {
        for (var b = 0; b <= 40; b++)
        {
            for (var c = 0; c <= 40; c++)
            {
                var now = Math.Exp(McNemarEvidence.LogOf(b, c, breaks, mends));
                var next = (Math.Exp(McNemarEvidence.LogOf(b + 1, c, breaks, mends)) + Math.Exp(McNemarEvidence.LogOf(b, c + 1, breaks, mends))) / 2;
                next.ShouldBe(now, now * 1e-9);
            }
        }
    }

    // Not by simulation: the chance that a fair coin ever reaches 1/α within 2,000 discordant pairs, counted over all its paths.
    [Theory]
    [InlineData(0.05)]
    [InlineData(0.0125)]
    public void Looking_after_every_pair_raises_a_false_alarm_no_more_often_than_stated(double alpha)
    {
        var chance = EverReached(Math.Log(1 / alpha), 2000, 0.5);

        chance.ShouldBeLessThanOrEqualTo(alpha);
        chance.ShouldBeGreaterThan(alpha / 4);
        // A candidate that mends more than it breaks is flagged still less.
        EverReached(Math.Log(1 / alpha), 2000, 0.45).ShouldBeLessThan(chance / 2);
    }

    [Fact]
    public void Extremes_stay_numbers()
    {
        McNemarEvidence.LogOf(0, 0).ShouldBe(0, 1e-12);
        McNemarEvidence.LogOf(100_000, 0).ShouldBeInRange(69_000, 69_400);
        McNemarEvidence.LogOf(0, 100_000).ShouldBeLessThan(-5);
        double.IsNaN(McNemarEvidence.LogOf(0, 100_000)).ShouldBeFalse();
        Should.Throw<ArgumentOutOfRangeException>(() => McNemarEvidence.LogOf(-1, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => McNemarEvidence.LogOf(1, 0, 0));
    }

    static double EverReached(double limit, int pairs, double chanceUp)
    {
        // alive[b] is the chance of b breaks so far without having reached the limit.
        double[] alive = [1];
        double reached = 0;
        for (var n = 1; n <= pairs; n++)
        {
            var next = new double[n + 1];
            for (var b = 0; b < n; b++)
            {
                next[b + 1] += alive[b] * chanceUp;
                next[b] += alive[b] * (1 - chanceUp);
            }

            // Evidence grows with b: from the top, until one is below the limit.
            for (var b = n; b >= 0 && (next[b] == 0 || McNemarEvidence.LogOf(b, n - b) >= limit); b--)
            {
                reached += next[b];
                next[b] = 0;
            }

            alive = next;
        }

        return reached;
    }
}
