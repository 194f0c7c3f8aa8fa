using Shouldly;
using Plumbline.Transformers.Kernels;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Training;
using Plumbline.Transformers.Training.Layers;

namespace Plumbline.Transformers.Tests.Training;

/// <summary>Logits, gradients and a trajectory against an independent implementation of each architecture.</summary>
public sealed class PyTorchAgreementTests
{
    private const double Tolerance = 1e-4;

    public static TheoryData<string> Models => ReferenceModel.Names;

    [Theory]
    [MemberData(nameof(Models))]
    public void Logits_agree_with_and_without_an_adapter(string name)
    {
        var model = new ReferenceModel(name);
        using var team = new WorkerTeam(2);
        foreach (var (adapter, prefix) in new[] { (null, "logits"), (model.Adapter, "adapted_logits") })
        {
            using var decoder = new TrainableDecoder(model.Weights, adapter, longest: 64, team);
            for (var i = 0; i < model.Examples.Count; i++)
            {
                using var logits = decoder.Logits(Whole(model.Examples[i]));
                var expected = model.Expected($"{prefix}.{i}");
                Closeness.RelativeError(logits.Span, expected.AsSpan(0, (int)logits.Length)).ShouldBeLessThan(Tolerance);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Gradients_of_every_parameter_agree(string name)
    {
        var model = new ReferenceModel(name);
        using var team = new WorkerTeam(2);
        using var decoder = new TrainableDecoder(model.Weights, adapter: null, longest: 64, team);
        var batch = Pack(model);
        decoder.ForwardBackward(batch, 1f / batch.LossCount, passKey: 0).ShouldBe(model.Fact("loss"), Tolerance * model.Fact("loss"));

        var compared = new List<string>();
        foreach (var parameter in decoder.Parameters.Parameters)
        {
            foreach (var part in parameter.Parts)
            {
                var actual = parameter.GradientSpan.Slice(part.FirstRow * parameter.Columns, part.Rows * parameter.Columns);
                Closeness.RelativeError(actual, model.Expected($"gradient.{part.Name}")).ShouldBeLessThan(Tolerance, part.Name);
                compared.Add(part.Name);
            }
        }

        compared.Order().ShouldBe(model.ExpectedNames("gradient.").Order());
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Gradients_of_every_adapter_agree(string name)
    {
        var model = new ReferenceModel(name);
        using var team = new WorkerTeam(2);
        using var decoder = new TrainableDecoder(model.Weights, model.Adapter, longest: 64, team);
        var batch = Pack(model);
        decoder.ForwardBackward(batch, 1f / batch.LossCount, passKey: 0).ShouldBe(model.Fact("adapted_loss"), Tolerance * model.Fact("adapted_loss"));

        foreach (var parameter in decoder.Parameters.Parameters)
        {
            var expected = model.Expected($"adapter_gradient.{parameter.Parts[0].Name.Replace(".weight", string.Empty)}");
            Closeness.RelativeError(parameter.GradientSpan, expected).ShouldBeLessThan(Tolerance, parameter.Parts[0].Name);
        }

        decoder.Parameters.Parameters.Count.ShouldBe(model.ExpectedNames("adapter_gradient.").Count());
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Twenty_steps_of_AdamW_agree(string name)
    {
        var model = new ReferenceModel(name);
        var betas = model.Facts("betas");
        var losses = model.Facts("losses");
        var options = new TrainingOptions
        {
            Steps = losses.Length,
            BatchSize = model.Examples.Count,
            LearningRate = model.Fact("learning_rate"),
            Schedule = LearningRateSchedule.Constant,
            WarmUpSteps = 0,
            WeightDecay = model.Fact("weight_decay"),
            Beta1 = betas[0],
            Beta2 = betas[1],
            Epsilon = model.Fact("epsilon"),
            ClipNorm = model.Fact("clip_norm"),
            Threads = 2,
        };
        using var trainer = new Trainer(model.Weights, model.Examples, options);
        await foreach (var step in trainer.RunAsync(TestContext.Current.CancellationToken))
            step.Loss.ShouldBe(losses[step.Step - 1], Tolerance * losses[step.Step - 1], $"step {step.Step}");

        var trained = DecoderAssembly.TakeApart(trainer.ExportWeights()).ToDictionary(w => w.Name, w => w.Weight);
        foreach (var weight in model.ExpectedNames("trained."))
            Closeness.RelativeError(TinyModel.Values(trained[weight]), model.Expected($"trained.{weight}")).ShouldBeLessThan(Tolerance, weight);
    }

    private static PackedBatch Pack(ReferenceModel model)
    {
        var batch = new PackedBatch();
        foreach (var example in model.Examples)
            batch.Add(example.Tokens, example.LossMask);
        return batch;
    }

    /// <summary>All tokens but the last, which nothing is predicted from.</summary>
    private static PackedBatch Whole(TrainingExample example)
    {
        var batch = new PackedBatch();
        batch.Add(example.Tokens, [.. Enumerable.Repeat(true, example.Tokens.Length)]);
        return batch;
    }
}
