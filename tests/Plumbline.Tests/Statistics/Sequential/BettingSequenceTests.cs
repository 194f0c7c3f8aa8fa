using Plumbline.Statistics.Sequential;
using Shouldly;

namespace Plumbline.Tests.Statistics.Sequential;

public sealed class BettingSequenceTests
{
    [Fact]
    public void It_agrees_with_the_hedged_capital_written_as_vectors_in_R()
    {
        foreach (var row in Reference.Rows("betting"))
        {
            var sequence = new BettingSequence(-1, 1, 0.05, row[0] == 0 ? null : (int)row[0]);
            foreach (var change in row[3..])
                sequence.Take(change);

            // Ours is wider by one step of the grid, 1/1000 of the range, on each side.
            ((sequence.Current.Low + 1) / 2).ShouldBe(row[1] - 0.001, 1e-9);
            ((sequence.Current.High + 1) / 2).ShouldBe(row[2] + 0.001, 1e-9);
        }
    }

    [Theory]
    [InlineData(0.25, 0.01)]
    [InlineData(0.02, 0.02)]
    public void It_holds_the_truth_at_all_moments_together(double broke, double mended)
    {
        var random = new Random(42);
        var held = 0;
        const int runs = 300;
        for (var run = 0; run < runs; run++)
        {
            var sequence = new BettingSequence(-1, 1, 0.05);
            for (var i = 0; i < 250; i++)
            {
                var u = random.NextDouble();
                sequence.Take(u < broke ? 1 : u < broke + mended ? -1 : 0);
            }

            // It never grows: the last interval holds the truth only if all did.
            held += sequence.Current.Low <= broke - mended && broke - mended <= sequence.Current.High ? 1 : 0;
        }

        ((double)held / runs).ShouldBeGreaterThan(0.95);
    }

    [Fact]
    public void Of_a_list_it_closes_on_the_list_s_own_mean()
    {
        double[] list = [.. Enumerable.Repeat(1.0, 30), .. Enumerable.Repeat(0.0, 65), .. Enumerable.Repeat(-1.0, 5)];
        new Random(43).Shuffle(list);
        var listed = new BettingSequence(-1, 1, 0.05, list.Length);
        var drawn = new BettingSequence(-1, 1, 0.05);
        foreach (var value in list[..90])
        {
            listed.Take(value);
            drawn.Take(value);
            listed.Current.Low.ShouldBeLessThanOrEqualTo(0.25);
            listed.Current.High.ShouldBeGreaterThanOrEqualTo(0.25);
        }

        (listed.Current.High - listed.Current.Low).ShouldBeLessThan(0.75 * (drawn.Current.High - drawn.Current.Low));
        foreach (var value in list[90..])
            listed.Take(value);
        listed.Current.Low.ShouldBe(0.25, 1e-9);
        listed.Current.High.ShouldBe(0.25, 1e-9);
        Should.Throw<InvalidOperationException>(() => listed.Take(0));
    }

    [Fact]
    public void Nonsense_is_refused()
    {
        Should.Throw<ArgumentException>(() => new BettingSequence(1, 1, 0.05));
        Should.Throw<ArgumentOutOfRangeException>(() => new BettingSequence(0, 1, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => new BettingSequence(0, 1, 0.05, population: 0));
        Should.Throw<ArgumentOutOfRangeException>(() => new BettingSequence(0, 1, 0.05).Take(2));
        Should.Throw<ArgumentOutOfRangeException>(() => new BettingSequence(0, 1, 0.05).Take(double.NaN));
    }
}
