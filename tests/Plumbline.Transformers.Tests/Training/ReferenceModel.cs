using System.Text.Json;
using Plumbline.Transformers.Adapters;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Checkpoints.HuggingFace;
using Plumbline.Transformers.Checkpoints.Safetensors;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Training;

namespace Plumbline.Transformers.Tests.Training;

/// <summary>A tiny model and what PyTorch computed with it in float64: see Fixtures/make_fixtures.py.</summary>
internal sealed class ReferenceModel
{
    public static readonly TheoryData<string> Names = ["tiny-llama3", "tiny-llama", "tiny-mistral", "tiny-qwen2", "tiny-qwen3"];

    private readonly SafetensorsFile expected;
    private readonly JsonElement facts;

    public ReferenceModel(string name)
    {
        Folder = Fixture.Path(name);
        Config = ConfigFile.Read(Path.Combine(Folder, "config.json"));
        Weights = DecoderAssembly.Assemble(Config, SafetensorsFolder.Open(Folder));
        expected = SafetensorsFile.Open(Path.Combine(Folder, "expected.safetensors"));
        using var document = JsonDocument.Parse(Fixture.Text(Path.Combine(name, "expected.json")));
        facts = document.RootElement.Clone();
        var masks = facts.GetProperty("masks").Deserialize<bool[][]>()!;
        Examples = [.. facts.GetProperty("sequences").Deserialize<int[][]>()!.Zip(masks, (tokens, mask) => new TrainingExample(tokens, mask))];
    }

    public string Folder { get; }

    public ModelConfig Config { get; }

    public DecoderWeights Weights { get; }

    public LoraAdapter Adapter => LoraAdapter.Load(Path.Combine(Folder, "adapter"));

    public IReadOnlyList<TrainingExample> Examples { get; }

    public double Fact(string name) => facts.GetProperty(name).GetDouble();

    public double[] Facts(string name) => facts.GetProperty(name).Deserialize<double[]>()!;

    public float[] Expected(string name) => expected.TryGet(name, out var weight)
        ? TinyModel.Values(weight)
        : throw new KeyNotFoundException(name);

    public IEnumerable<string> ExpectedNames(string prefix) =>
        expected.Names.Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Select(n => n[prefix.Length..]);
}
