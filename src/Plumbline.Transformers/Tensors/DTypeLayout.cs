namespace Plumbline.Transformers.Tensors;

/// <summary>How many bytes rows of each <see cref="DType"/> take.</summary>
public static class DTypeLayout
{
    /// <summary>Values in a <see cref="DType.Q8_0"/> block.</summary>
    public const int Q8BlockLength = 32;

    /// <summary>Bytes in a <see cref="DType.Q8_0"/> block.</summary>
    public const int Q8BlockBytes = 34;

    /// <summary>Bytes that one row of <paramref name="columns"/> values takes.</summary>
    /// <exception cref="ArgumentException">A Q8_0 row is not a whole number of blocks.</exception>
    public static long RowBytes(DType type, int columns) => type switch
    {
        DType.F32 => 4L * columns,
        DType.F16 or DType.BF16 => 2L * columns,
        DType.Q8_0 when columns % Q8BlockLength == 0 => (long)columns / Q8BlockLength * Q8BlockBytes,
        DType.Q8_0 => throw new ArgumentException($"A Q8_0 row needs a multiple of {Q8BlockLength} values; it has {columns}.", nameof(columns)),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Unknown dtype."),
    };
}
