using Plumbline.Transformers.Training;
using Shouldly;

namespace Plumbline.Transformers.Tests.Training;

public sealed class LearningRateTests
{
    private static readonly TrainingOptions Options = new() { LearningRate = 0.1, WarmUpSteps = 4 };

    [Fact]
    public void Rises_to_its_height_then_falls_along_the_schedule()
    {
        double[] Rates(TrainingOptions options) => [.. Enumerable.Range(0, 12).Select(step => LearningRate.At(options, step, 12))];
        var cosine = Rates(Options);
        cosine[..4].ShouldBe([0.025, 0.05, 0.075, 0.1], 1e-12);
        cosine[4].ShouldBe(0.1, 1e-12);
        cosine[8].ShouldBe(0.05, 1e-12);
        cosine[11].ShouldBe(0.05 * (1 + Math.Cos(Math.PI * 7 / 8)), 1e-12);

        var linear = Rates(Options with { Schedule = LearningRateSchedule.Linear });
        linear[6].ShouldBe(0.075, 1e-12);
        Rates(Options with { Schedule = LearningRateSchedule.Constant })[4..].ShouldAllBe(rate => rate == 0.1);
    }

    [Fact]
    public void Ends_above_what_shall_be_left()
    {
        var options = Options with { Schedule = LearningRateSchedule.Linear, FinalLearningRateRatio = 0.5 };
        LearningRate.At(options, 8, 12).ShouldBe(0.075, 1e-12);
    }

    [Fact]
    public void A_ratio_of_warm_up_is_rounded_up()
    {
        var options = Options with { WarmUpSteps = null, WarmUpRatio = 0.15 };
        LearningRate.At(options, 0, 10).ShouldBe(0.05, 1e-12);
        LearningRate.At(options, 1, 10).ShouldBe(0.1, 1e-12);
        LearningRate.At(Options with { WarmUpSteps = null, WarmUpRatio = 0 }, 0, 10).ShouldBe(0.1, 1e-12);
    }
}
