using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Checkpoints.Gguf;
using Plumbline.Transformers.Models;
using Shouldly;

namespace Plumbline.Transformers.Tests.Checkpoints.Gguf;

public sealed class GgufFileTests
{
    [Fact]
    public void MetadataReadsBackAsWritten()
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder, Sample, []);

        var metadata = GgufFile.Open(path).Metadata;

        metadata.Text("text").ShouldBe("ünï 😀");
        metadata.Whole("whole").ShouldBe(7);
        metadata.OptionalWhole("negative", smallest: -9).ShouldBe(-7);
        metadata.Number("number").ShouldBe(1.5f);
        metadata.Flag("flag").ShouldBe(true);
        metadata.Texts("texts")!.ShouldBe(["a", "", "ä"]);
        metadata.Wholes("wholes")!.ShouldBe([1, -2]);
        metadata.Numbers("numbers")!.ShouldBe([0.5, -1]);
        metadata.Text("nothing").ShouldBeNull();
        Should.Throw<CheckpointException>(() => metadata.Text("whole")).Message.ShouldContain("metadata whole is 7; expected a text");
        Should.Throw<CheckpointException>(() => metadata.Whole("nothing")).Message.ShouldContain("nothing is missing");
        Should.Throw<CheckpointException>(() => metadata.OptionalWhole("negative")).Message.ShouldContain("at least 1");
    }

    [Theory]
    [InlineData(0, "XXXX", "does not begin with GGUF")]
    [InlineData(4, "\u0001\0\0\0", "version 1")]
    [InlineData(8, "\u007f\u007f\u007f\u007f\u007f\u007f\u007f\u007f", "tensors")]
    [InlineData(16, "\u007f\u007f\u007f\u007f\u007f\u007f\u007f\u007f", "metadata")]
    [InlineData(24, "\u007f\u007f\u007f\u007f\u007f\u007f\u007f\u007f", "bytes of text")]
    public void AHeadThatClaimsTooMuchIsAClearError(int at, string bytes, string named)
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder, Sample, []);
        var content = File.ReadAllBytes(path);
        Encoding.Latin1.GetBytes(bytes).CopyTo(content, at);
        File.WriteAllBytes(path, content);

        var error = Should.Throw<CheckpointException>(() => GgufFile.Open(path));

        error.Message.ShouldContain(named);
        error.Message.ShouldContain(path);
    }

    [Fact]
    public void DamageAnywhereIsAnErrorOrAValidFile()
    {
        using var folder = new TemporaryFolder();
        var weights = DecoderAssembly.TakeApart(TinyModel.Weights(TinyModel.Config(ModelFamily.Llama))).Take(4).ToList();
        var path = Write(folder, Sample, weights);
        var bytes = File.ReadAllBytes(path);
        var head = bytes.Length - (int)weights.Sum(stored => stored.Bytes);
        var damaged = folder.File("damaged.gguf");
        var damage = Gen.Choose(0, head - 1).Zip(Gen.Choose(0, 255)).Zip(Gen.Choose(0, bytes.Length)).Zip(Gen.Elements(true, false));

        Prop.ForAll(damage.ToArbitrary(), hit =>
        {
            var (((position, value), length), truncate) = hit;
            var copy = truncate ? bytes[..length] : [.. bytes];
            if (!truncate)
                copy[position] = (byte)value;
            File.WriteAllBytes(damaged, copy);
            ReadAll(damaged);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(600));
    }

    [Fact]
    public void Llama31sWavelengthFactorsAreRecognised()
    {
        using var folder = new TemporaryFolder();
        var config = TinyModel.Config(ModelFamily.Llama) with { HeadSize = 64, RopeTheta = 500_000, RopeScaling = new Llama3RopeScaling(32, 1, 4, 8192) };
        var factors = GgufConfig.Factors(config.RopeScaling, config.RopeTheta, config.HeadSize);

        // Short wavelengths stay, long ones are stretched by the whole factor, and nothing jumps back in between.
        (factors[0], factors[^1]).ShouldBe((1f, 32f));
        factors.ShouldBe(factors.Order());

        ReadScaling(folder, config, factors, ours: true).ShouldBe(config.RopeScaling);
        ReadScaling(folder, config, factors, ours: false).ShouldBe(config.RopeScaling);
        factors[20] *= 1.5f;
        Should.Throw<CheckpointException>(() => ReadScaling(folder, config, factors, ours: false)).Message.ShouldContain("rope_freqs.weight");
    }

    private static Dictionary<string, object> Sample { get; } = new()
    {
        ["text"] = "ünï 😀",
        ["whole"] = 7u,
        ["negative"] = -7,
        ["number"] = 1.5f,
        ["flag"] = true,
        ["texts"] = new[] { "a", "", "ä" },
        ["wholes"] = new[] { 1, -2 },
        ["numbers"] = new[] { 0.5f, -1f },
    };

    private static Llama3RopeScaling? ReadScaling(TemporaryFolder folder, ModelConfig config, float[] factors, bool ours)
    {
        var tensor = new Transformers.Tensors.Tensor(1, factors.Length);
        factors.CopyTo(tensor.Span);
        var metadata = GgufConfig.Write(config).Where(pair => ours || !pair.Key.StartsWith("plumbline.", StringComparison.Ordinal));
        var path = Write(folder, metadata, [new StoredWeight("rope_freqs.weight", new("rope_freqs.weight", tensor), Vector: true)]);
        return GgufConfig.Read(GgufFile.Open(path)).RopeScaling;
    }

    private static string Write(TemporaryFolder folder, IEnumerable<KeyValuePair<string, object>> metadata, IReadOnlyCollection<StoredWeight> weights)
    {
        var path = folder.File("sample.gguf");
        GgufWriter.Write(path, [.. metadata], weights, cancellationToken: TestContext.Current.CancellationToken);
        return path;
    }

    private static void ReadAll(string path)
    {
        try
        {
            var file = GgufFile.Open(path);
            foreach (var name in file.Names)
            {
                if (file.TryGet(name, out var weight) && weight.Rows * (long)weight.Columns < 1 << 20)
                    TinyModel.Values(weight);
            }
        }
        catch (CheckpointException error)
        {
            error.Message.ShouldContain(path);
        }
    }
}
