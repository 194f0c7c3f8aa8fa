using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Checkpoints.Safetensors;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Tensors;
using Shouldly;

namespace Plumbline.Transformers.Tests.Checkpoints.Safetensors;

public sealed class SafetensorsTests
{
    [Fact]
    public void AWrittenFileReadsBackBitForBit()
    {
        using var folder = new TemporaryFolder();
        var config = TinyModel.Config(ModelFamily.Qwen2);
        var weights = DecoderAssembly.TakeApart(TinyModel.Weights(config));
        var path = folder.File("model.safetensors");

        SafetensorsWriter.Write(path, weights, metadata: null, TestContext.Current.CancellationToken);
        var file = SafetensorsFile.Open(path);

        file.Names.ShouldBe(weights.Select(stored => stored.Name));
        foreach (var stored in weights)
        {
            file.TryGet(stored.Name, out var read).ShouldBeTrue();
            TinyModel.Values(read!).ShouldBe(TinyModel.Values(stored.Weight));
        }

        Directory.GetFiles(folder.Path).ShouldBe([path]);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(20_000)]
    [InlineData(1_000_000)]
    public void AShardedFolderIsTheSameModel(long largestShard)
    {
        using var folder = new TemporaryFolder();
        var config = TinyModel.Config(ModelFamily.Llama);
        var weights = DecoderAssembly.TakeApart(TinyModel.Weights(config));

        SafetensorsWriter.WriteFolder(folder.Path, weights, largestShard, cancellationToken: TestContext.Current.CancellationToken);
        var read = DecoderAssembly.TakeApart(DecoderAssembly.Assemble(config, SafetensorsFolder.Open(folder.Path)));

        File.Exists(folder.File("model.safetensors.index.json")).ShouldBe(largestShard < 1_000_000);
        foreach (var (a, b) in weights.Zip(read))
            TinyModel.Values(b.Weight).ShouldBe(TinyModel.Values(a.Weight), a.Name);
    }

    [Fact]
    public void ALinkIsReadAsTheFileItLeadsTo()
    {
        // Hugging Face's cache is made of links: snapshots/…/model.safetensors → ../../blobs/….
        using var folder = new TemporaryFolder();
        var weights = DecoderAssembly.TakeApart(TinyModel.Weights(TinyModel.Config(ModelFamily.Llama)));
        SafetensorsWriter.Write(folder.File("blob"), weights, metadata: null, TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(folder.File("model.safetensors"), folder.File("blob"));

        SafetensorsFile.Open(folder.File("model.safetensors")).Names.ShouldBe(weights.Select(stored => stored.Name));
    }

    [Fact]
    public void AMissingShardIsNamed()
    {
        using var folder = new TemporaryFolder();
        var weights = DecoderAssembly.TakeApart(TinyModel.Weights(TinyModel.Config(ModelFamily.Llama)));
        SafetensorsWriter.WriteFolder(folder.Path, weights, 20_000, cancellationToken: TestContext.Current.CancellationToken);
        var shard = Directory.GetFiles(folder.Path, "model-00002*").Single();
        File.Delete(shard);

        Should.Throw<CheckpointException>(() => SafetensorsFolder.Open(folder.Path)).Message.ShouldContain(Path.GetFileName(shard));
    }

    [Fact]
    public void AnIndexCannotPointOutOfItsFolder()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("model.safetensors.index.json"), """{"weight_map":{"a":"../../etc/passwd"}}""");

        Should.Throw<CheckpointException>(() => SafetensorsFolder.Open(folder.Path)).Message.ShouldContain("../../etc/passwd");
    }

    [Fact]
    public void AnotherDtypeIsNamed()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.safetensors");
        File.WriteAllBytes(path, Bytes("""{"a":{"dtype":"I8","shape":[4],"data_offsets":[0,4]}}""", 4));

        var file = SafetensorsFile.Open(path);

        Should.Throw<CheckpointException>(() => file.TryGet("a", out _)).Message.ShouldContain("I8");
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", 12, "truncated")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", 20, "end at byte")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[8,24]}}""", 24, "gap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[5],"data_offsets":[0,16]}}""", 16, "shape [5]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775807,9223372036854775807],"data_offsets":[0,16]}}""", 16, "shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-4],"data_offsets":[0,16]}}""", 16, "negative")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[16,0]}}""", 16, "bytes 16 to 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]},"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", 16, "twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4]}}""", 16, "data_offsets")]
    [InlineData("""{"a":7}""", 16, "JSON")]
    [InlineData("[]", 0, "JSON object")]
    [InlineData("nonsense", 0, "JSON")]
    public void ACorruptHeaderIsAClearError(string header, int data, string named)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.safetensors");
        File.WriteAllBytes(path, Bytes(header, data));

        var error = Should.Throw<CheckpointException>(() => SafetensorsFile.Open(path));

        error.Message.ShouldContain(named);
        error.Message.ShouldContain(path);
    }

    [Fact]
    public void DamageAnywhereIsAnErrorOrAValidFile()
    {
        using var folder = new TemporaryFolder();
        var whole = folder.File("whole.safetensors");
        var weights = DecoderAssembly.TakeApart(TinyModel.Weights(TinyModel.Config(ModelFamily.Llama)));
        SafetensorsWriter.Write(whole, [.. weights.Take(6)], metadata: null, TestContext.Current.CancellationToken);
        var bytes = File.ReadAllBytes(whole);
        var damaged = folder.File("damaged.safetensors");
        var header = BinaryPrimitives.ReadInt32LittleEndian(bytes) + 8;
        var damage = Gen.Choose(0, header - 1).Zip(Gen.Choose(0, 255)).Zip(Gen.Choose(0, bytes.Length)).Zip(Gen.Elements(true, false));

        Prop.ForAll(damage.ToArbitrary(), hit =>
        {
            var (((position, value), length), truncate) = hit;
            var copy = truncate ? bytes[..length] : [.. bytes];
            if (!truncate)
                copy[position] = (byte)value;
            File.WriteAllBytes(damaged, copy);
            ReadAll(damaged);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
    }

    [Theory]
    [InlineData(DType.F16, 1e-3)]
    [InlineData(DType.BF16, 8e-3)]
    [InlineData(DType.Q8_0, 8e-3)]
    public void RoundingStaysWithinHalfAStep(DType type, double relative)
    {
        var random = new Random(3);
        var row = Enumerable.Range(0, 64).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray();
        var bytes = new byte[DTypeLayout.RowBytes(type, row.Length)];
        WeightEncoding.Encode(row, type, bytes);
        var back = new float[row.Length];
        unsafe
        {
            fixed (byte* data = bytes)
                new Weight("w", 1, row.Length, type, data, bytes).CopyRow(0, back);
        }

        var largest = row.Max(Math.Abs);
        for (var i = 0; i < row.Length; i++)
            Math.Abs(back[i] - row[i]).ShouldBeLessThanOrEqualTo((float)(relative / 2 * (type == DType.Q8_0 ? largest : Math.Abs(row[i]))) + 1e-7f);
    }

    private static void ReadAll(string path)
    {
        try
        {
            var file = SafetensorsFile.Open(path);
            foreach (var name in file.Names)
            {
                if (file.TryGet(name, out var weight))
                    TinyModel.Values(weight);
            }
        }
        catch (CheckpointException error)
        {
            error.Message.ShouldContain(path);
        }
    }

    private static byte[] Bytes(string header, int data)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var bytes = new byte[8 + json.Length + data];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, json.Length);
        json.CopyTo(bytes, 8);
        return bytes;
    }
}
