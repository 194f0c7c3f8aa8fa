using Plumbline.Transformers.Adapters;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Tests;
using Plumbline.Transformers.Training;
using Shouldly;

namespace Plumbline.Transformers.Tests.Training;

public sealed class TrainerTests
{
    private static readonly TrainingOptions Full = new()
    {
        Epochs = 3, BatchSize = 4, LearningRate = 3e-3, WeightDecay = 0.01, Seed = 5, Threads = 2, TokensPerPass = 40,
    };

    private static readonly TrainingOptions Lora = Full with { Lora = new LoraOptions { Rank = 4, Alpha = 8, Dropout = 0.2f, Targets = ["q_proj", "down_proj"] } };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_run_that_is_interrupted_goes_on_to_the_same_bits(bool lora)
    {
        var options = lora ? Lora : Full;
        var (weights, examples) = Setting();
        var straight = await Run(new Trainer(weights, examples, options), lora);

        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "state.safetensors");
        using (var first = new Trainer(weights, examples, options))
        {
            await foreach (var step in first.RunAsync(TestContext.Current.CancellationToken))
            {
                if (step.Step == 5)
                    break;
            }

            first.SaveCheckpoint(path, TestContext.Current.CancellationToken);
        }

        var second = new Trainer(weights, examples, options with { Threads = 1 });
        second.LoadCheckpoint(path);
        second.StepsDone.ShouldBe(5);
        var resumed = await Run(second, lora);

        resumed.Losses.ShouldBe(straight.Losses[5..]);
        resumed.Values.ShouldBe(straight.Values);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_number_of_threads_does_not_change_a_bit(bool lora)
    {
        var options = lora ? Lora : Full;
        var (weights, examples) = Setting();
        var alone = await Run(new Trainer(weights, examples, options with { Threads = 1 }), lora);
        var together = await Run(new Trainer(weights, examples, options with { Threads = 3 }), lora);
        together.Losses.ShouldBe(alone.Losses);
        together.Values.ShouldBe(alone.Values);
    }

    [Fact]
    public async Task Another_seed_gives_other_weights()
    {
        var (weights, examples) = Setting();
        var one = await Run(new Trainer(weights, examples, Full));
        var other = await Run(new Trainer(weights, examples, Full with { Seed = 6 }));
        other.Values.ShouldNotBe(one.Values);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_loss_falls_when_the_same_is_seen_again_and_again(bool lora)
    {
        var (weights, examples) = Setting();
        var options = (lora ? Lora : Full) with { Epochs = 12, LearningRate = 1e-2 };
        var losses = (await Run(new Trainer(weights, examples, options), lora)).Losses;

        // Low-rank changes to a random decoder cannot learn random tokens by heart; full training can.
        losses[^1].ShouldBeLessThan((lora ? 0.98 : 0.6) * losses[0]);
    }

    [Fact]
    public async Task Accumulating_over_batches_is_the_larger_batch()
    {
        var (weights, examples) = Setting();
        var large = await Run(new Trainer(weights, examples, Full with { BatchSize = 8, TokensPerPass = 4096 }));
        var split = await Run(new Trainer(weights, examples, Full with { BatchSize = 2, Accumulation = 4, TokensPerPass = 1 }));
        Closeness.RelativeError(split.Values, large.Values).ShouldBeLessThan(1e-5);
    }

    [Fact]
    public async Task A_new_adapter_changes_nothing_and_a_trained_one_merges_to_what_it_computes()
    {
        var (weights, examples) = Setting();
        using var trainer = new Trainer(weights, examples, Lora);
        foreach (var matrix in trainer.ExportAdapter().ByModule.Values)
            matrix.B.Span.IndexOfAnyExcept(0f).ShouldBe(-1);
        await foreach (var _ in trainer.RunAsync(TestContext.Current.CancellationToken))
        {
        }

        var adapter = trainer.ExportAdapter("identity", "name");
        adapter.ByModule.Count.ShouldBe(4);
        adapter.BaseModelIdentity.ShouldBe("identity");
        foreach (var matrix in adapter.ByModule.Values)
            matrix.B.Span.IndexOfAnyExcept(0f).ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public async Task Weights_that_were_given_stay_as_they_were()
    {
        var (weights, examples) = Setting();
        var before = TinyModel.Values(weights.Layers[0].Query);
        await Run(new Trainer(weights, examples, Full));
        TinyModel.Values(weights.Layers[0].Query).ShouldBe(before);
    }

    [Fact]
    public async Task Every_example_comes_once_an_epoch_and_steps_hold_about_as_many_tokens()
    {
        var (weights, examples) = Setting();
        examples = examples[..16];
        using var trainer = new Trainer(weights, examples, Full with { Epochs = 1 });
        var tokens = new List<int>();
        await foreach (var step in trainer.RunAsync(TestContext.Current.CancellationToken))
            tokens.Add(step.Tokens);
        tokens.Sum().ShouldBe(examples.Sum(e => e.Tokens.Length - 1));
        tokens.Max().ShouldBeLessThan((int)(1.5 * tokens.Min()));
    }

    [Fact]
    public async Task Cancelling_ends_after_a_whole_step_and_the_trainer_can_go_on()
    {
        var (weights, examples) = Setting();
        using var trainer = new Trainer(weights, examples, Full);
        using var cancellation = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var step in trainer.RunAsync(cancellation.Token))
                await cancellation.CancelAsync();
        });
        trainer.StepsDone.ShouldBe(1);
        (await Run(trainer)).Losses.Count.ShouldBe(trainer.Steps - 1);
    }

    [Fact]
    public async Task A_run_that_diverged_goes_on_from_its_checkpoint()
    {
        var (weights, examples) = Setting();
        using var folder = new TemporaryFolder();
        var path = folder.File("start.safetensors");
        // Such a decay multiplies the weights by −988 in each step.
        using var trainer = new Trainer(weights, examples, Full with { LearningRate = 0.99, WeightDecay = 999, ClipNorm = null, Steps = 60, WarmUpRatio = 0 });
        trainer.SaveCheckpoint(path, TestContext.Current.CancellationToken);
        var first = await NextStep(trainer);
        var error = await Should.ThrowAsync<TrainingException>(async () =>
        {
            while (true)
                await NextStep(trainer);
        });
        error.Message.ShouldContain("diverged");

        trainer.LoadCheckpoint(path);
        var second = await NextStep(trainer);
        (second.Loss, second.GradientNorm).ShouldBe((first.Loss, first.GradientNorm));
    }

    [Fact]
    public void A_checkpoint_of_another_run_is_refused_with_what_differs()
    {
        var (weights, examples) = Setting();
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "state.safetensors");
        using (var trainer = new Trainer(weights, examples, Full))
            trainer.SaveCheckpoint(path, TestContext.Current.CancellationToken);

        using var otherRate = new Trainer(weights, examples, Full with { LearningRate = 1e-4 });
        Should.Throw<TrainingException>(() => otherRate.LoadCheckpoint(path)).Message.ShouldContain("LearningRate = 0.003");
        using var otherData = new Trainer(weights, examples[1..], Full);
        Should.Throw<TrainingException>(() => otherData.LoadCheckpoint(path)).Message.ShouldContain("training data");
        using var otherBase = new Trainer(TinyModel.Weights(weights.Config, seed: 99), examples, Full);
        Should.Throw<TrainingException>(() => otherBase.LoadCheckpoint(path)).Message.ShouldContain("base weights");

        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..^4]);
        using var same = new Trainer(weights, examples, Full);
        Should.Throw<CheckpointException>(() => same.LoadCheckpoint(path));
        same.StepsDone.ShouldBe(0);
    }

    [Fact]
    public void A_checkpoint_with_a_changed_byte_is_refused_wherever_it_is()
    {
        var (weights, examples) = Setting();
        using var folder = new TemporaryFolder();
        var path = folder.File("state.safetensors");
        using (var trainer = new Trainer(weights, examples, Lora))
            trainer.SaveCheckpoint(path, "a note", TestContext.Current.CancellationToken);
        Trainer.ReadNote(path).ShouldBe("a note");
        var bytes = File.ReadAllBytes(path);
        var step = bytes.AsSpan().IndexOf("\"step\":\"0\""u8) + "\"step\":\""u8.Length;
        var note = bytes.AsSpan().IndexOf("a note"u8);

        foreach (var place in new[] { step, note, bytes.Length / 2, bytes.Length - 2 })
        {
            var changed = bytes.ToArray();
            changed[place] ^= 1;
            File.WriteAllBytes(path, changed);
            using var same = new Trainer(weights, examples, Lora);
            Should.Throw<CheckpointException>(() => same.LoadCheckpoint(path)).Message.ShouldContain("corrupt");
            Should.Throw<CheckpointException>(() => Trainer.ReadNote(path));
            same.StepsDone.ShouldBe(0);
        }
    }

    [Fact]
    public void Options_out_of_range_are_refused_by_name()
    {
        var (weights, examples) = Setting();
        (TrainingOptions Options, string Named)[] cases =
        [
            (Full with { Epochs = 0 }, "Epochs"),
            (Full with { Steps = 0 }, "Steps"),
            (Full with { BatchSize = 0 }, "BatchSize"),
            (Full with { Accumulation = 0 }, "Accumulation"),
            (Full with { LearningRate = double.NaN }, "LearningRate"),
            (Full with { Schedule = (LearningRateSchedule)7 }, "Schedule"),
            (Full with { WarmUpRatio = 1 }, "WarmUpRatio"),
            (Full with { WarmUpSteps = -1 }, "WarmUpSteps"),
            (Full with { WeightDecay = -1 }, "WeightDecay"),
            (Full with { Beta1 = 1 }, "Beta1"),
            (Full with { Beta2 = -0.1 }, "Beta2"),
            (Full with { Epsilon = 0 }, "Epsilon"),
            (Full with { ClipNorm = 0 }, "ClipNorm"),
            (Full with { MaxLength = weights.Config.MaxPositions + 1 }, "MaxLength"),
            (Full with { TokensPerPass = 0 }, "TokensPerPass"),
            (Full with { Lora = new LoraOptions { Rank = 0 } }, "Lora.Rank"),
            (Full with { Lora = new LoraOptions { Alpha = 0 } }, "Lora.Alpha"),
            (Full with { Lora = new LoraOptions { Dropout = 1 } }, "Lora.Dropout"),
            (Full with { Lora = new LoraOptions { Targets = [] } }, "Lora.Targets"),
            (Full with { Lora = new LoraOptions { Targets = ["q"] } }, "Lora.Targets"),
        ];
        foreach (var (options, named) in cases)
            Should.Throw<TrainingException>(() => new Trainer(weights, examples, options)).Message.ShouldContain($"option {named} is");
    }

    [Fact]
    public void Examples_that_teach_nothing_are_refused_or_counted()
    {
        var (weights, examples) = Setting();
        Should.Throw<TrainingException>(() => new Trainer(weights, [], Full));
        Should.Throw<TrainingException>(() => new Trainer(weights, [.. examples, new([1, 2], [true, false])], Full)).Message.ShouldContain($"example {examples.Length} ");
        Should.Throw<TrainingException>(() => new Trainer(weights, [new([1, 2], [true])], Full)).Message.ShouldContain("equally long");
        Should.Throw<TrainingException>(() => new Trainer(weights, [new([1, 96], [false, true])], Full)).Message.ShouldContain("96");
        using var cut = new Trainer(weights, [new([1, 2, 3], [false, true, true]), new([1, 2, 3, 4], [false, false, false, true])], Full with { MaxLength = 3 });
        cut.LeftOut.ShouldBe(1);
    }

    private static (DecoderWeights Weights, TrainingExample[] Examples) Setting()
    {
        var config = TinyModel.Config(ModelFamily.Llama);
        var random = new Random(3);
        var examples = Enumerable.Range(0, 17).Select(_ =>
        {
            var length = random.Next(4, 24);
            return new TrainingExample(
                [.. Enumerable.Range(0, length).Select(_ => random.Next(config.VocabularySize))], [.. Enumerable.Range(0, length).Select(i => i >= 2)]);
        });
        return (DecoderInitializer.Create(config, seed: 1), [.. examples]);
    }

    private static async Task<TrainingStep> NextStep(Trainer trainer)
    {
        await using var steps = trainer.RunAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        (await steps.MoveNextAsync()).ShouldBeTrue();
        return steps.Current;
    }

    private static async Task<(List<double> Losses, float[] Values)> Run(Trainer trainer, bool lora = false)
    {
        using (trainer)
        {
            var losses = new List<double>();
            await foreach (var step in trainer.RunAsync(TestContext.Current.CancellationToken))
                losses.Add(step.Loss);
            return (losses, Values(trainer, lora));
        }
    }

    private static float[] Values(Trainer trainer, bool lora)
    {
        if (lora)
        {
            var adapter = trainer.ExportAdapter();
            return [.. adapter.ByModule.OrderBy(m => m.Key, StringComparer.Ordinal).SelectMany(m => m.Value.A.Span.ToArray().Concat(m.Value.B.Span.ToArray()))];
        }

        return [.. DecoderAssembly.TakeApart(trainer.ExportWeights()).SelectMany(w => TinyModel.Values(w.Weight))];
    }
}
