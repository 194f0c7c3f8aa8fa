using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Decoding;

/// <summary>Blocks that caches have given back, for the next cache. Safe to use from several threads.</summary>
internal sealed class CachePool(CacheLayout layout) : IDisposable
{
    private readonly Stack<Tensor> free = [];
    private bool disposed;

    public CacheLayout Layout { get; } = layout;

    public Tensor Rent()
    {
        lock (free)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (free.TryPop(out var block))
                return block;
        }

        return new Tensor(Layout.Layers, Layout.LayerFloats);
    }

    public void Return(IEnumerable<Tensor> blocks)
    {
        lock (free)
        {
            foreach (var block in blocks)
            {
                if (disposed)
                    block.Dispose();
                else
                    free.Push(block);
            }
        }
    }

    public void Dispose()
    {
        lock (free)
        {
            disposed = true;
            while (free.TryPop(out var block))
                block.Dispose();
        }
    }
}
