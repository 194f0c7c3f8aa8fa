using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Tests;

/// <summary>Small random decoders of each family, the same for the same seed.</summary>
internal static class TinyModel
{
    public static ModelConfig Config(ModelFamily family, bool tied = false) => new()
    {
        Family = family,
        VocabularySize = 96,
        HiddenSize = 64,
        IntermediateSize = 96,
        Layers = 2,
        Heads = 4,
        KeyValueHeads = 2,
        HeadSize = family == ModelFamily.Qwen3 ? 32 : 16,
        MaxPositions = 128,
        NormEpsilon = 1e-6f,
        RopeTheta = 10_000f,
        TiedEmbeddings = tied,
        AttentionBias = family == ModelFamily.Qwen2,
        QueryKeyNorm = family == ModelFamily.Qwen3,
        SlidingWindow = family == ModelFamily.Mistral ? 64 : null,
        BeginToken = 1,
        EndTokens = [2],
    };

    public static DecoderWeights Weights(ModelConfig config, int seed = 7)
    {
        var random = new Random(seed);
        return DecoderAssembly.Assemble(config, new WeightSet("random", WeightLayout.Of(config).Select(shape => Random(shape, random))));
    }

    public static float[] Values(Weight weight)
    {
        var values = new float[weight.Rows * weight.Columns];
        for (var row = 0; row < weight.Rows; row++)
            weight.CopyRow(row, values.AsSpan(row * weight.Columns));
        return values;
    }

    private static Weight Random(WeightShape shape, Random random)
    {
        var tensor = new Tensor(shape.Rows, shape.Columns);
        foreach (ref var value in tensor.Span)
            value = (float)((random.NextDouble() - 0.5) * 0.5) + (shape.Vector && shape.Name.Contains("norm") ? 1 : 0);
        return new Weight(shape.Name, tensor);
    }
}
