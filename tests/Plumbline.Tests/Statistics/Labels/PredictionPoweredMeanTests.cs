using Plumbline.Statistics.Labels;
using Shouldly;

namespace Plumbline.Tests.Statistics.Labels;

public sealed class PredictionPoweredMeanTests
{
    [Fact]
    public void It_agrees_with_the_definition_in_R()
    {
        foreach (var row in Reference.Rows("ppi"))
        {
            var n = (int)row[0];
            var values = row[5..];
            var corrected = PredictionPoweredMean.Of(values[..n], values[n..(2 * n)], values[(2 * n)..], 0.05);

            corrected.Weight.ShouldBe(row[1], 1e-9);
            corrected.Mean.Estimate.ShouldBe(row[2], 1e-9);
            corrected.Mean.Low.ShouldBe(row[3], 1e-9);
            corrected.Mean.High.ShouldBe(row[4], 1e-9);
        }
    }

    // A judge that overlooks some of the candidate's harm and sees none where there is none; its own mean is too low.
    [Theory]
    [InlineData(150, 0.25, 0.5, 0.95)]
    [InlineData(40, 0.25, 0.5, 0.95)]
    [InlineData(100, 0.05, 0.8, 0.85)]
    public void It_holds_the_truth_where_the_judge_is_wrong_and_is_tighter_than_the_labels_alone(int labels, double truth, double sees, double narrower)
    {
        var random = new Random(51);
        const int runs = 2000;
        var (held, widths, humanWidths, judge) = (0, 0.0, 0.0, 0.0);
        for (var run = 0; run < runs; run++)
        {
            var items = Enumerable.Range(0, labels + 1000).Select(_ =>
            {
                var isHarm = random.NextDouble() < truth;
                return (Human: isHarm ? 1.0 : 0, Judge: isHarm && random.NextDouble() < sees ? 1.0 : 0);
            }).ToArray();
            var corrected = PredictionPoweredMean.Of(
                [.. items[..labels].Select(item => item.Human)],
                [.. items[..labels].Select(item => item.Judge)],
                [.. items[labels..].Select(item => item.Judge)],
                0.05);
            held += corrected.Mean.Low <= truth && truth <= corrected.Mean.High ? 1 : 0;
            widths += corrected.Mean.High - corrected.Mean.Low;
            humanWidths += corrected.HumanOnly.High - corrected.HumanOnly.Low;
            judge += corrected.JudgeOnly;
        }

        ((double)held / runs).ShouldBeInRange(0.94, 0.99);
        (widths / humanWidths).ShouldBeLessThan(narrower);
        (judge / runs).ShouldBe(truth * sees, 0.01);
    }

    [Fact]
    public void A_judge_that_knows_nothing_is_not_trusted_and_one_that_is_always_right_is()
    {
        var random = new Random(52);
        double[] human = [.. Enumerable.Range(0, 200).Select(_ => (double)random.Next(-1, 2))];
        double[] others = [.. Enumerable.Range(0, 5000).Select(_ => (double)random.Next(-1, 2))];

        PredictionPoweredMean.Of(human, [.. human.Select(_ => (double)random.Next(-1, 2))], others, 0.05).Weight.ShouldBeLessThan(0.15);
        var right = PredictionPoweredMean.Of(human, human, others, 0.05);
        right.Weight.ShouldBeGreaterThan(0.9);
        (right.Mean.High - right.Mean.Low).ShouldBeLessThan(0.4 * (right.HumanOnly.High - right.HumanOnly.Low));
    }

    // A hundred prompts of five cases, of which forty are labelled whole; a prompt's cases are all bad or all good half of the time.
    [Fact]
    public void It_holds_the_truth_where_cases_share_prompts()
    {
        var random = new Random(53);
        const double truth = 0.3;
        const int runs = 1500;
        var (held, naive) = (0, 0);
        var clusters = Enumerable.Range(0, 500).Select(i => (i / 5).ToString()).ToArray();
        for (var run = 0; run < runs; run++)
        {
            var human = Enumerable.Range(0, 100).SelectMany(_ =>
            {
                var (isAlike, common) = (random.NextDouble() < 0.5, random.NextDouble() < truth);
                return Enumerable.Range(0, 5).Select(_ => (isAlike ? common : random.NextDouble() < truth) ? 1.0 : 0).ToArray();
            }).ToArray();
            // The judge overlooks whole prompts.
            var overlooked = Enumerable.Range(0, 100).Select(_ => random.NextDouble() < 0.3).ToArray();
            var judge = human.Select((value, i) => overlooked[i / 5] ? 0 : value).ToArray();
            held += Holds(PredictionPoweredMean.Of(human[..200], judge[..200], judge[200..], 0.05, clusters: clusters));
            naive += Holds(PredictionPoweredMean.Of(human[..200], judge[..200], judge[200..], 0.05));
        }

        ((double)held / runs).ShouldBeInRange(0.93, 0.985);
        ((double)naive / runs).ShouldBeLessThan(0.88);

        static int Holds(LabelCorrectedMean mean) => mean.Mean.Low <= truth && truth <= mean.Mean.High ? 1 : 0;
    }

    /// <summary>A weight is learnt from other clusters than it weighs, so it does not matter how the labels of one are strewn among the others.</summary>
    [Fact]
    public void The_order_of_labels_within_their_clusters_does_not_matter()
    {
        var random = new Random(54);
        var items = Enumerable.Range(0, 30).Select(i => (Cluster: $"{i / 3}", Human: random.NextDouble() < 0.5 ? 1.0 : 0, Judge: random.NextDouble() < 0.5 ? 1.0 : 0)).ToList();
        double[] others = [.. Enumerable.Range(0, 200).Select(_ => random.NextDouble() < 0.5 ? 1.0 : 0)];
        LabelCorrectedMean Of(List<(string Cluster, double Human, double Judge)> labelled) => PredictionPoweredMean.Of(
            [.. labelled.Select(item => item.Human)], [.. labelled.Select(item => item.Judge)], others, 0.05, clusters: [.. labelled.Select(item => item.Cluster), .. others.Select((_, i) => $"other {i}")]);

        // By rounds in the place of cluster by cluster; the clusters come in the same order.
        var (neighbours, strewn) = (Of(items), Of([.. items.Select((item, i) => (item, i)).OrderBy(one => one.i % 3).Select(one => one.item)]));

        neighbours.Weight.ShouldBeInRange(0.01, 0.99);
        strewn.Weight.ShouldBe(neighbours.Weight, 1e-12);
        strewn.Mean.Low.ShouldBe(neighbours.Mean.Low, 1e-12);
        strewn.Mean.High.ShouldBe(neighbours.Mean.High, 1e-12);
    }

    // The fewest labels that a gate goes by, of ten prompts: their cases are nearly all alike, and so is what the judge overlooks.
    [Fact]
    public void It_holds_the_truth_where_few_prompts_are_labelled()
    {
        var random = new Random(55);
        const double truth = 0.3;
        const int runs = 2000;
        const int prompts = 100;
        var clusters = Enumerable.Range(0, 3 * prompts).Select(i => (i / 3).ToString()).ToArray();
        var held = 0;
        for (var run = 0; run < runs; run++)
        {
            var (human, judge) = (new double[3 * prompts], new double[3 * prompts]);
            for (var prompt = 0; prompt < prompts; prompt++)
            {
                var (isAlike, common, isOverlooked) = (random.NextDouble() < 0.9, random.NextDouble() < truth, random.NextDouble() < 0.3);
                for (var i = 3 * prompt; i < 3 * prompt + 3; i++)
                {
                    human[i] = (isAlike ? common : random.NextDouble() < truth) ? 1 : 0;
                    judge[i] = isOverlooked ? 0 : human[i];
                }
            }

            var mean = PredictionPoweredMean.Of(human[..30], judge[..30], judge[30..], 0.05, clusters: clusters).Mean;
            held += mean.Low <= truth && truth <= mean.High ? 1 : 0;
        }

        ((double)held / runs).ShouldBeInRange(0.945, 1);
    }

    [Fact]
    public void Without_anything_to_learn_from_the_judge_it_is_the_human_mean()
    {
        var alone = PredictionPoweredMean.Of([0, 1, 1, 0], [0, 1, 0, 0], [], 0.05);
        alone.Weight.ShouldBe(0);
        alone.Mean.ShouldBe(alone.HumanOnly);
        PredictionPoweredMean.Of([0, 1], [1, 1], [1, 1, 1], 0.05).Mean.Estimate.ShouldBe(0.5);
        PredictionPoweredMean.Of([0, 1, 1], [1, 0, 0], [1, 0, 1, 1], 0.05).Weight.ShouldBe(0);
        Should.Throw<ArgumentException>(() => PredictionPoweredMean.Of([1], [1], [], 0.05));
        Should.Throw<ArgumentException>(() => PredictionPoweredMean.Of([1, 0], [1], [], 0.05));
        Should.Throw<ArgumentException>(() => PredictionPoweredMean.Of([1, 0], [1, 0], [], 0.05, clusters: ["a"]));
    }
}
