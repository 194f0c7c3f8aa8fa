using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Plumbline.Transformers.Tensors;

/// <summary>
/// A named, read-only, row-major weight (a matrix [rows = out, columns = in], or a vector of one row) in any <see cref="DType"/>,
/// in memory that someone else owns: a mapped file, or a <see cref="Tensor"/>. Keeps its owner alive.
/// </summary>
public sealed unsafe class Weight
{
    private readonly object owner;
    private readonly byte* data;

    /// <summary>A view of <paramref name="data"/>, which lives as long as <paramref name="owner"/> does.</summary>
    public Weight(string name, int rows, int columns, DType type, byte* data, object owner)
    {
        Name = name;
        Rows = rows;
        Columns = columns;
        Type = type;
        RowBytes = DTypeLayout.RowBytes(type, columns);
        this.data = data;
        this.owner = owner;
    }

    /// <summary>An F32 view of a whole tensor.</summary>
    public Weight(string name, Tensor tensor)
        : this(name, tensor.Rows, tensor.Columns, DType.F32, (byte*)tensor.Pointer, tensor)
    {
    }

    /// <summary>Its name in the checkpoint, Hugging Face style.</summary>
    public string Name { get; }

    /// <summary>Outputs of a projection; 1 for a vector.</summary>
    public int Rows { get; }

    /// <summary>Inputs of a projection; the length of a vector.</summary>
    public int Columns { get; }

    /// <summary>How the values are stored.</summary>
    public DType Type { get; }

    /// <summary>Bytes from one row to the next.</summary>
    public long RowBytes { get; }

    /// <summary>Bytes in all.</summary>
    public long Bytes => RowBytes * Rows;

    internal byte* Data
    {
        get
        {
            GC.KeepAlive(owner);
            return data;
        }
    }

    /// <summary>The same weight under another name.</summary>
    public Weight Named(string name) => new(name, Rows, Columns, Type, data, owner);

    /// <summary>Writes one row as F32.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than a row.</exception>
    public void CopyRow(int row, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows, nameof(row));
        if (destination.Length < Columns)
            throw new ArgumentException($"A row of {Name} has {Columns} values; there is room for {destination.Length}.", nameof(destination));
        var source = Data + (row * RowBytes);
        switch (Type)
        {
            case DType.F32:
                new ReadOnlySpan<float>(source, Columns).CopyTo(destination);
                break;
            case DType.F16:
                TensorPrimitives.ConvertToSingle(new ReadOnlySpan<Half>(source, Columns), destination);
                break;
            case DType.BF16:
                var halves = (ushort*)source;
                for (var i = 0; i < Columns; i++)
                    destination[i] = BitConverter.UInt32BitsToSingle((uint)halves[i] << 16);
                break;
            case DType.Q8_0:
                for (var block = 0; block < Columns / DTypeLayout.Q8BlockLength; block++)
                {
                    var start = source + ((long)block * DTypeLayout.Q8BlockBytes);
                    var scale = (float)MemoryMarshal.Read<Half>(new ReadOnlySpan<byte>(start, 2));
                    var values = (sbyte*)(start + 2);
                    for (var i = 0; i < DTypeLayout.Q8BlockLength; i++)
                        destination[(block * DTypeLayout.Q8BlockLength) + i] = scale * values[i];
                }

                break;
            default:
                throw new InvalidOperationException($"Unknown dtype {Type}.");
        }

        // Whoever asked may hold nothing but the row; the memory must outlast the copying.
        GC.KeepAlive(owner);
    }

    /// <summary>An F32 copy that the caller owns.</summary>
    public Tensor ToTensor()
    {
        var copy = new Tensor(Rows, Columns);
        for (var row = 0; row < Rows; row++)
            CopyRow(row, copy.Row(row));
        return copy;
    }
}
