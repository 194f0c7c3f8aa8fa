using Plumbline.Transformers.Checkpoints;

namespace Plumbline.Transformers.Decoding;

/// <summary>
/// Where keys and values lie inside one block of the cache: for each layer the keys [kv head][head][position], then the values
/// [kv head][position][head]. Keys are transposed so that one vector holds the same component of neighbouring positions
/// (scores need no horizontal sums); values are not, because their sum runs over positions.
/// </summary>
internal sealed record CacheLayout
{
    /// <summary>Positions in one block.</summary>
    public const int Positions = 32;

    public CacheLayout(ModelConfig config)
    {
        Layers = config.Layers;
        HeadSize = config.HeadSize;
        KeyFloats = config.KeyValueHeads * HeadSize * Positions;
        LayerFloats = 2 * KeyFloats;
    }

    public int Layers { get; }

    public int HeadSize { get; }

    /// <summary>Floats of all keys of one layer in a block.</summary>
    public int KeyFloats { get; }

    /// <summary>Floats of all keys and values of one layer in a block.</summary>
    public int LayerFloats { get; }

    /// <summary>Bytes of one block, all layers.</summary>
    public long BlockBytes => (long)Layers * LayerFloats * sizeof(float);

    /// <summary>Blocks that <paramref name="positions"/> positions take.</summary>
    public static int BlocksFor(int positions) => (positions + Positions - 1) / Positions;
}
