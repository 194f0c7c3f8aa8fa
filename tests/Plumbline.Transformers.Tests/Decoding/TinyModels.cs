using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Models;

namespace Plumbline.Transformers.Tests.Decoding;

/// <summary>Small random decoders of every wiring.</summary>
internal static class TinyModels
{
    public static readonly ModelConfig Llama = new()
    {
        Family = ModelFamily.Llama,
        VocabularySize = 61,
        HiddenSize = 24,
        IntermediateSize = 40,
        Layers = 3,
        Heads = 4,
        KeyValueHeads = 2,
        HeadSize = 6,
        MaxPositions = 160,
        TiedEmbeddings = true,
    };

    public static TheoryData<string> Names => [.. All.Keys];

    public static IReadOnlyDictionary<string, ModelConfig> All { get; } = new Dictionary<string, ModelConfig>(StringComparer.Ordinal)
    {
        ["llama"] = Llama,
        ["llama, untied, biased, stretched"] = Llama with
        {
            TiedEmbeddings = false,
            AttentionBias = true,
            AttentionOutputBias = true,
            RopeScaling = new Llama3RopeScaling(8, 1, 4, 32),
        },
        ["one key-value head"] = Llama with { KeyValueHeads = 1, Heads = 7, HeadSize = 16 },
        ["head wider than hidden"] = Llama with { HeadSize = 40, Heads = 3, KeyValueHeads = 3 },
        ["mistral"] = Llama with { Family = ModelFamily.Mistral, SlidingWindow = 37 },
        ["qwen2"] = Llama with { Family = ModelFamily.Qwen2, AttentionBias = true, RopeTheta = 1e6f },
        ["qwen3"] = Llama with { Family = ModelFamily.Qwen3, QueryKeyNorm = true, HeadSize = 32 },
    };

    public static DecoderWeights Random(ModelConfig config) => TinyModel.Weights(config);

    public static int[] Tokens(ModelConfig config, int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(config.VocabularySize))];
    }
}
