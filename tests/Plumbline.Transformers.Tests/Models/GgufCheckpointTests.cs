using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Tensors;
using Shouldly;

namespace Plumbline.Transformers.Tests.Models;

public sealed class GgufCheckpointTests
{
    [Theory]
    [InlineData(ModelFamily.Llama, false)]
    [InlineData(ModelFamily.Llama, true)]
    [InlineData(ModelFamily.Mistral, false)]
    [InlineData(ModelFamily.Qwen2, true)]
    [InlineData(ModelFamily.Qwen3, false)]
    public void AFileReadsBackAsTheSameModel(ModelFamily family, bool tied)
    {
        using var folder = new TemporaryFolder();
        using var model = Model(family, tied);
        ModelConverter.Convert(model, folder.File("m.gguf"), type: null, cancellationToken: TestContext.Current.CancellationToken);
        using var read = LanguageModel.Load(folder.File("m.gguf"));
        ModelConverter.Convert(read, folder.File("hf"), type: null, cancellationToken: TestContext.Current.CancellationToken);
        using var back = LanguageModel.Load(folder.File("hf"));

        // The file has room for one token that ends an answer; the tiny model has two.
        read.BaseIdentity.ShouldBe(model.BaseIdentity);
        read.WeightsIdentity.ShouldBe(model.WeightsIdentity);
        back.Identity.ShouldBe(read.Identity);
        read.EndTokens.ShouldBe([model.Tokenizer.IdOf("<|end|>")!.Value]);
    }

    [Theory]
    [InlineData("m.gguf")]
    [InlineData("hf")]
    public void AConversionTellsHowFarItIs(string target)
    {
        using var folder = new TemporaryFolder();
        using var model = Model(ModelFamily.Llama);
        var told = new Told();

        ModelConverter.Convert(model, folder.File(target), type: null, told, TestContext.Current.CancellationToken);

        told.Values.Count.ShouldBe(DecoderAssembly.TakeApart(model.Weights).Count);
        told.Values.Select(value => value.Total).Distinct().ShouldHaveSingleItem().ShouldBe(told.Values[^1].Done);
        told.Values.Select(value => value.Done).ShouldBeInOrder();
        told.Values[0].Done.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(DType.F16, 6e-4)]
    [InlineData(DType.BF16, 5e-3)]
    [InlineData(DType.Q8_0, 5e-3)]
    public void FewerBitsStayCloseAndNormsStayWhole(DType type, double tolerance)
    {
        using var folder = new TemporaryFolder();
        using var model = Model(ModelFamily.Llama);
        ModelConverter.Convert(model, folder.File("m.gguf"), type, cancellationToken: TestContext.Current.CancellationToken);
        using var read = LanguageModel.Load(folder.File("m.gguf"));

        read.Weights.Layers[0].Query.Type.ShouldBe(type);
        TinyModel.Values(read.Weights.Layers[0].AttentionNorm).ShouldBe(TinyModel.Values(model.Weights.Layers[0].AttentionNorm));
        foreach (var (a, b) in DecoderAssembly.TakeApart(model.Weights).Zip(DecoderAssembly.TakeApart(read.Weights)))
            TinyModel.Values(b.Weight).Zip(TinyModel.Values(a.Weight)).Max(pair => Math.Abs(pair.First - pair.Second)).ShouldBeLessThan((float)tolerance, a.Name);
    }

    [Fact]
    public void QueryRowsInterleaveAsLlamaCppHasThem()
    {
        // One head of 4: llama.cpp's rows 0, 1, 2, 3 are Hugging Face's 0, 2, 1, 3 (convert_hf_to_gguf.py, permute).
        var tensor = new Tensor(8, 1);
        for (var row = 0; row < 8; row++)
            tensor.Span[row] = row;

        var there = RotaryRowOrder.ToNeighbours(new Weight("q", tensor), headSize: 4);

        TinyModel.Values(there).ShouldBe([0, 2, 1, 3, 4, 6, 5, 7]);
        TinyModel.Values(RotaryRowOrder.ToHalves(there, headSize: 4)).ShouldBe([0, 1, 2, 3, 4, 5, 6, 7]);
    }

    [Fact]
    public void DamageToAModelIsAnErrorOrAModel()
    {
        using var folder = new TemporaryFolder();
        using var model = Model(ModelFamily.Qwen2);
        ModelConverter.Convert(model, folder.File("m.gguf"), type: null, cancellationToken: TestContext.Current.CancellationToken);
        var bytes = File.ReadAllBytes(folder.File("m.gguf"));
        var damaged = folder.File("damaged.gguf");
        Prop.ForAll(Gen.Choose(0, 30_000).Zip(Gen.Choose(0, 255)).ListOf(3).ToArbitrary(), hits =>
        {
            byte[] copy = [.. bytes];
            foreach (var (position, value) in hits)
                copy[position] = (byte)value;
            File.WriteAllBytes(damaged, copy);
            try
            {
                LanguageModel.Load(damaged).Dispose();
            }
            catch (CheckpointException error)
            {
                error.Message.ShouldNotBeEmpty();
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));
    }

    [Fact]
    public void Stories260KHasTheWeightsOfItsOriginal()
    {
        using var model = LanguageModel.Load(Fixture.Shared("weights_stories260k/stories260Ktok512.gguf"));
        var floats = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Fixture.Shared("weights_stories260k/stories260K.bin")).AsSpan(28)).ToArray();
        var config = model.Config;
        var position = 0;

        // llama2.c's order: embedding, then each kind of weight for all layers; queries and keys have their rows as llama.cpp has them.
        Expect([model.Weights.Embedding]);
        Expect(model.Weights.Layers.Select(layer => layer.AttentionNorm));
        Expect(model.Weights.Layers.Select(layer => RotaryRowOrder.ToNeighbours(layer.Query, config.HeadSize)));
        Expect(model.Weights.Layers.Select(layer => RotaryRowOrder.ToNeighbours(layer.Key, config.HeadSize)));
        Expect(model.Weights.Layers.Select(layer => layer.Value));
        Expect(model.Weights.Layers.Select(layer => layer.Output));
        Expect(model.Weights.Layers.Select(layer => layer.MlpNorm));
        Expect(model.Weights.Layers.Select(layer => layer.Gate));
        Expect(model.Weights.Layers.Select(layer => layer.Down));
        Expect(model.Weights.Layers.Select(layer => layer.Up));
        Expect([model.Weights.FinalNorm]);
        (config.Layers, config.Heads, config.KeyValueHeads, config.HeadSize).ShouldBe((5, 8, 4, 8));

        void Expect(IEnumerable<Weight> weights)
        {
            foreach (var weight in weights)
            {
                var values = TinyModel.Values(weight);
                values.AsSpan().SequenceEqual(floats.AsSpan(position, values.Length)).ShouldBeTrue(weight.Name);
                position += values.Length;
            }
        }
    }

    private static LanguageModel Model(ModelFamily family, bool tied = false) => LlamaCppModel.Create(family, tied);

    private sealed class Told : IProgress<WriteProgress>
    {
        public List<WriteProgress> Values { get; } = [];

        public void Report(WriteProgress value) => Values.Add(value);
    }
}
