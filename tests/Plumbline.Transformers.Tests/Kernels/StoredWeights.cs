using System.Runtime.InteropServices;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Tests.Kernels;

/// <summary>Weights of random bits in each dtype, owned by this.</summary>
internal sealed unsafe class StoredWeights : IDisposable
{
    private readonly byte* memory;

    public StoredWeights(int seed, DType type, int rows, int columns)
    {
        var random = new Random(seed);
        var bytes = DTypeLayout.RowBytes(type, columns) * rows;
        memory = (byte*)NativeMemory.Alloc((nuint)bytes + 2);
        // Off by two: files align no better.
        var data = memory + 2;
        Weight = new Weight("w", rows, columns, type, data, this);
        for (var row = 0; row < rows; row++)
        {
            var start = data + (row * Weight.RowBytes);
            for (var column = 0; column < columns; column++)
            {
                var value = (float)(random.NextDouble() - 0.5);
                switch (type)
                {
                    case DType.F32:
                        MemoryMarshal.Write(new Span<byte>(start + (4 * column), 4), value);
                        break;
                    case DType.F16:
                        // Also subnormals.
                        ((Half*)start)[column] = (Half)(column % 7 == 3 ? value * 1e-5f : value);
                        break;
                    case DType.BF16:
                        ((ushort*)start)[column] = (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16);
                        break;
                    case DType.Q8_0:
                        var block = start + (column / 32 * 34);
                        if (column % 32 == 0)
                            *(Half*)block = (Half)(value / 50);
                        ((sbyte*)block)[2 + (column % 32)] = (sbyte)random.Next(-128, 128);
                        break;
                    default:
                        throw new ArgumentOutOfRangeException(nameof(type));
                }
            }
        }
    }

    public Weight Weight { get; }

    public void Dispose() => NativeMemory.Free(memory);
}
