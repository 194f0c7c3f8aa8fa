using Plumbline.Transformers.Adapters;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Decoding;

/// <summary>Hands an adapter's factors to the forward pass, which adds what they say to what the base's projections say.</summary>
internal static class LiveAdapter
{
    /// <summary>The changes by module; null without an adapter.</summary>
    public static IReadOnlyDictionary<string, LowRankDelta>? ChangesOf(LoraAdapter? adapter) =>
        adapter?.ByModule.ToDictionary(
            pair => pair.Key,
            pair => new LowRankDelta(new Weight(pair.Key + ".lora_A", pair.Value.A), new Weight(pair.Key + ".lora_B", pair.Value.B), adapter.Scale),
            StringComparer.Ordinal);
}
