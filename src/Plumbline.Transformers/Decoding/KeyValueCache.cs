using System.Runtime.CompilerServices;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Decoding;

/// <summary>The keys and values of one sequence, in blocks that are added as it grows.</summary>
internal sealed unsafe class KeyValueCache(CachePool pool) : IDisposable
{
    private readonly List<Tensor> blocks = [];

    public CacheLayout Layout => pool.Layout;

    /// <summary>Positions that hold keys and values.</summary>
    public int Length { get; private set; }

    /// <summary>Makes room for <paramref name="positions"/> positions in all.</summary>
    public void Reserve(int positions)
    {
        while (blocks.Count * CacheLayout.Positions < positions)
            blocks.Add(pool.Rent());
    }

    /// <summary>Says that all layers have been written up to <paramref name="length"/>, or forgets what lies behind it.</summary>
    public void SetLength(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, blocks.Count * CacheLayout.Positions);
        Length = length;
    }

    /// <summary>The keys of one layer in one block: [kv head][head][position].</summary>
    public float* Keys(int layer, int block) => blocks[block].Pointer + ((long)layer * Layout.LayerFloats);

    /// <summary>The values of one layer in one block: [kv head][position][head].</summary>
    public float* Values(int layer, int block) => Keys(layer, block) + Layout.KeyFloats;

    /// <summary>Writes one position's key and value, [kv head][head] each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Store(int layer, int position, float* key, float* value, int heads)
    {
        var block = position / CacheLayout.Positions;
        var column = position % CacheLayout.Positions;
        var keys = Keys(layer, block) + column;
        for (var i = 0; i < heads * Layout.HeadSize; i++)
            keys[i * CacheLayout.Positions] = key[i];
        var values = Values(layer, block) + (column * Layout.HeadSize);
        for (var head = 0; head < heads; head++)
        {
            new ReadOnlySpan<float>(value + (head * Layout.HeadSize), Layout.HeadSize)
                .CopyTo(new Span<float>(values, Layout.HeadSize));
            values += CacheLayout.Positions * Layout.HeadSize;
        }
    }

    /// <summary>Gives the blocks back.</summary>
    public void Dispose()
    {
        pool.Return(blocks);
        blocks.Clear();
        Length = 0;
    }
}
