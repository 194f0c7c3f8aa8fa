using Plumbline.Transformers.Training;
using Shouldly;

namespace Plumbline.Transformers.Tests.Training;

public sealed class DataOrderTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(100, 8)]
    [InlineData(5, 64)]
    [InlineData(97, 10)]
    public void Each_epoch_goes_through_every_example_once_in_steps_that_differ_by_one_at_most(int examples, int perStep)
    {
        var order = new DataOrder([.. Enumerable.Range(0, examples).Select(i => (i * 37) % 11)], perStep, seed: 3);
        for (var epoch = 0; epoch < 3; epoch++)
        {
            var steps = Enumerable.Range(epoch * order.StepsPerEpoch, order.StepsPerEpoch).Select(order.Step).ToArray();
            steps.SelectMany(s => s).Order().ShouldBe(Enumerable.Range(0, examples));
            steps.Max(s => s.Count).ShouldBeLessThanOrEqualTo(perStep);
            (steps.Max(s => s.Count) - steps.Min(s => s.Count)).ShouldBeLessThanOrEqualTo(1);
        }
    }

    [Fact]
    public void Steps_come_out_the_same_in_any_order_of_asking_and_differ_between_epochs_and_seeds()
    {
        int[] lengths = [.. Enumerable.Range(0, 40)];
        var order = new DataOrder(lengths, 4, seed: 1);
        var later = order.Step(25).ToArray();
        var first = order.Step(0).ToArray();
        new DataOrder(lengths, 4, seed: 1).Step(25).ShouldBe(later);
        order.Step(10).ShouldNotBe(first);
        new DataOrder(lengths, 4, seed: 2).Step(0).ShouldNotBe(first);
    }

    [Fact]
    public void Every_step_takes_one_example_of_each_length_bucket()
    {
        int[] lengths = [.. Enumerable.Range(0, 80)];
        var order = new DataOrder(lengths, 8, seed: 1);
        for (var step = 0; step < order.StepsPerEpoch; step++)
            order.Step(step).Select(i => lengths[i] / 10).Order().ShouldBe(Enumerable.Range(0, 8));
    }
}
