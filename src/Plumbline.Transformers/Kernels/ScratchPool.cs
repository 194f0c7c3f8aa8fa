using System.Numerics;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Kernels;

/// <summary>Native memory lent to kernels and kept for the next call, so that a product does not fault in fresh pages each time.</summary>
internal sealed class ScratchPool : IDisposable
{
    // Sizes are powers of two; 2³⁰ floats are more than any kernel blocks for.
    private readonly Stack<Tensor>[] free = [.. Enumerable.Range(0, 31).Select(_ => new Stack<Tensor>())];
    private readonly Lock gate = new();

    /// <summary>At least <paramref name="floats"/> floats at a multiple of 64 bytes, not cleared.</summary>
    public ScratchLease Rent(int floats)
    {
        var size = BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)Math.Max(floats, 1024)));
        lock (gate)
        {
            if (free[size].TryPop(out var kept))
                return new ScratchLease(this, kept, size);
        }

        return new ScratchLease(this, new Tensor(1, 1 << size), size);
    }

    /// <summary>Frees what is not lent.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            foreach (var sizes in free)
            {
                while (sizes.TryPop(out var tensor))
                    tensor.Dispose();
            }
        }
    }

    internal void Return(Tensor tensor, int size)
    {
        lock (gate)
            free[size].Push(tensor);
    }
}
