using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Tests.Kernels;

/// <summary>Tensors of seeded noise.</summary>
internal static class Rng
{
    public static Tensor Normal(int seed, int rows, int columns, float scale = 1)
    {
        var random = new Random(seed);
        var tensor = new Tensor(rows, columns);
        foreach (ref var value in tensor.Span)
            value = scale * (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        return tensor;
    }

    public static Tensor Copy(Tensor tensor)
    {
        var copy = new Tensor(tensor.Rows, tensor.Columns);
        tensor.Span.CopyTo(copy.Span);
        return copy;
    }
}
