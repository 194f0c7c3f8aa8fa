using Plumbline.Statistics;
using Shouldly;

namespace Plumbline.Tests.Statistics;

public sealed class MultipleTestsTests
{
    [Fact]
    public void They_agree_with_R_s_p_adjust()
    {
        foreach (var row in Reference.Rows("correction"))
        {
            var n = (int)row[0];
            ShouldAgree(MultipleTests.Holm(row[1..(n + 1)]), row[(n + 1)..(2 * n + 1)]);
            ShouldAgree(MultipleTests.BenjaminiHochberg(row[1..(n + 1)]), row[(2 * n + 1)..]);
        }
    }

    // Benjamini and Hochberg (1995), section 4.1: fifteen p-values, of which Hochberg's and Holm's procedures reject three or four and theirs four.
    [Fact]
    public void They_agree_with_the_published_example()
    {
        double[] p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1];
        MultipleTests.BenjaminiHochberg(p).Count(adjusted => adjusted <= 0.05).ShouldBe(4);
        MultipleTests.Holm(p).Count(adjusted => adjusted <= 0.05).ShouldBe(3);
    }

    [Fact]
    public void E_values_are_rejected_as_by_the_definition()
    {
        // 3/(0.05·1) = 60, 3/(0.05·2) = 30, 3/(0.05·3) = 20.
        MultipleTests.EBenjaminiHochberg([25, 70, 1], 0.05).ShouldBe([false, true, false]);
        MultipleTests.EBenjaminiHochberg([35, 70, 1], 0.05).ShouldBe([true, true, false]);
        MultipleTests.EBenjaminiHochberg([20, 20, 20], 0.05).ShouldBe([true, true, true]);
        MultipleTests.EBenjaminiHochberg([59], 0.05).ShouldBe([true]);
        MultipleTests.EBenjaminiHochberg([19], 0.05).ShouldBe([false]);
        MultipleTests.EBenjaminiHochberg([double.PositiveInfinity, 0], 0.05).ShouldBe([true, false]);
        MultipleTests.EBenjaminiHochberg([], 0.05).ShouldBeEmpty();
    }

    // Six of ten tests are of nothing, and all ten lean on one another: the share of false ones among the rejected stays below a tenth.
    [Fact]
    public void E_values_keep_the_share_of_false_discoveries_where_tests_depend()
    {
        var random = new Random(33);
        double share = 0;
        const int runs = 2000;
        for (var run = 0; run < runs; run++)
        {
            var common = Normal(random);
            var e = Enumerable.Range(0, 10).Select(i =>
            {
                var z = 0.8 * common + 0.6 * Normal(random) + (i < 4 ? 3 : 0);
                return Math.Exp(2 * z - 2);
            }).ToArray();
            var rejected = MultipleTests.EBenjaminiHochberg(e, 0.1);
            share += (double)rejected.Skip(4).Count(is_ => is_) / Math.Max(1, rejected.Count(is_ => is_));
        }

        (share / runs).ShouldBeLessThan(0.1);
    }

    [Fact]
    public void Nonsense_is_refused()
    {
        MultipleTests.Holm([]).ShouldBeEmpty();
        MultipleTests.BenjaminiHochberg([]).ShouldBeEmpty();
        Should.Throw<ArgumentException>(() => MultipleTests.Holm([1.1]));
        Should.Throw<ArgumentException>(() => MultipleTests.BenjaminiHochberg([double.NaN]));
        Should.Throw<ArgumentException>(() => MultipleTests.EBenjaminiHochberg([-1], 0.05));
    }

    static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    static void ShouldAgree(double[] ours, double[] theirs)
    {
        ours.Length.ShouldBe(theirs.Length);
        foreach (var (our, their) in ours.Zip(theirs))
            our.ShouldBe(their, 1e-10);
    }
}
