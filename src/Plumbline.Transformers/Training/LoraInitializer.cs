using Plumbline.Transformers.Adapters;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Tensors;
using Plumbline.Transformers.Training.Layers;

namespace Plumbline.Transformers.Training;

/// <summary>Fresh adapters to train.</summary>
internal static class LoraInitializer
{
    private const string Suffix = ".weight";

    /// <summary>An adapter that changes nothing yet: A uniform within ±1/√in (PEFT's default), B zero.</summary>
    public static LoraAdapter Create(DecoderWeights weights, LoraOptions options, ulong seed) => new()
    {
        ByModule = Modules(weights)
            .Where(m => options.Targets.Contains(m.Key[(m.Key.LastIndexOf('.') + 1)..], StringComparer.Ordinal))
            .ToDictionary(m => m.Key, m => Fresh(m.Value, options.Rank, SplitMix.Stream(seed, m.Key)), StringComparer.Ordinal),
        Rank = options.Rank,
        Alpha = options.Alpha,
        Dropout = options.Dropout,
    };

    /// <summary>The projections that can be adapted, by module name.</summary>
    public static IReadOnlyDictionary<string, Weight> Modules(DecoderWeights weights) =>
        DecoderAssembly.TakeApart(weights)
            .Where(w => w.Name.EndsWith("_proj.weight", StringComparison.Ordinal))
            .ToDictionary(w => w.Name[..^Suffix.Length], w => w.Weight, StringComparer.Ordinal);

    private static LoraMatrix Fresh(Weight weight, int rank, SplitMix random)
    {
        var a = new Tensor(rank, weight.Columns);
        var bound = 1 / Math.Sqrt(weight.Columns);
        foreach (ref var value in a.Span)
            value = (float)(bound * ((2 * random.NextDouble()) - 1));
        return new LoraMatrix(a, new Tensor(weight.Rows, rank));
    }
}
