using System.Runtime.InteropServices;

namespace Plumbline.Transformers.Tensors;

/// <summary>A row-major F32 matrix (or vector: one row) in native memory, aligned to 64 bytes and zeroed at birth.</summary>
public sealed unsafe class Tensor : IDisposable
{
    private const nuint Alignment = 64;
    private float* data;

    /// <summary>Allocates <paramref name="rows"/> × <paramref name="columns"/> zeros.</summary>
    public Tensor(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        Rows = rows;
        Columns = columns;
        var bytes = (nuint)Math.Max(64, Length * sizeof(float));
        data = (float*)NativeMemory.AlignedAlloc(bytes, Alignment);
        NativeMemory.Clear(data, bytes);
        GC.AddMemoryPressure((long)bytes);
    }

    /// <summary>Gives native memory back that no one disposed of.</summary>
    ~Tensor() => Free();

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>Rows × columns.</summary>
    public long Length => (long)Rows * Columns;

    /// <summary>All values, row after row. At most 2³¹−1 of them.</summary>
    public Span<float> Span => new(Pointer, checked((int)Length));

    internal float* Pointer => data is not null ? data : throw new ObjectDisposedException(nameof(Tensor));

    /// <summary>The values of one row.</summary>
    public Span<float> Row(int row) => new(Pointer + ((long)row * Columns), Columns);

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (data is null)
            return;
        NativeMemory.AlignedFree(data);
        data = null;
        GC.RemoveMemoryPressure(Math.Max(64, Length * sizeof(float)));
    }
}
