using System.Buffers.Binary;
using System.Text;

namespace Plumbline.Transformers.Checkpoints.Gguf;

/// <summary>Reads a GGUF file's head, value by value; no value is read, and no room made for it, before it is known to be in the file.</summary>
internal sealed class GgufCursor(MappedFile file)
{
    /// <summary>The next byte.</summary>
    public long Position { get; private set; }

    /// <summary>Bytes after it.</summary>
    public long Remaining => file.Length - Position;

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

    /// <summary>A count of things of at least <paramref name="smallest"/> bytes each, which must have room in the rest of the file.</summary>
    public int Count(long smallest, string what)
    {
        var count = UInt64();
        if (count > int.MaxValue || (long)count > Remaining / smallest)
            throw Corrupt($"it claims {count} {what} at byte {Position - sizeof(ulong)}, and has {Remaining} bytes left; it may be truncated");
        return (int)count;
    }

    public string Text()
    {
        var length = Count(1, "bytes of text");
        return Encoding.UTF8.GetString(Take(length));
    }

    /// <summary>A value: long, double, bool, string, or an array of one of them.</summary>
    public object Value()
    {
        var type = (GgufValueType)UInt32();
        return type == GgufValueType.Array ? Array() : Scalar(type);
    }

    public CheckpointException Corrupt(string what) => new($"The GGUF file {file.Path} is corrupt: {what}. Copy or download it again.");

    private object Scalar(GgufValueType type) => type switch
    {
        GgufValueType.UInt8 => (long)Take(1)[0],
        GgufValueType.Int8 => (long)(sbyte)Take(1)[0],
        GgufValueType.UInt16 => (long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2)),
        GgufValueType.Int16 => (long)BinaryPrimitives.ReadInt16LittleEndian(Take(2)),
        GgufValueType.UInt32 => (long)UInt32(),
        GgufValueType.Int32 => (long)BinaryPrimitives.ReadInt32LittleEndian(Take(4)),
        GgufValueType.Float32 => (double)BinaryPrimitives.ReadSingleLittleEndian(Take(4)),
        GgufValueType.Bool => Take(1)[0] != 0,
        GgufValueType.String => Text(),
        GgufValueType.UInt64 => unchecked((long)UInt64()),
        GgufValueType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(Take(8)),
        GgufValueType.Float64 => BinaryPrimitives.ReadDoubleLittleEndian(Take(8)),
        _ => throw Corrupt($"it has a value of the unknown kind {(uint)type} at byte {Position - sizeof(uint)}"),
    };

    private Array Array()
    {
        var type = (GgufValueType)UInt32();
        var count = Count(SmallestBytes(type), "values of an array");
        return type switch
        {
            GgufValueType.String => Many<string>(type, count),
            GgufValueType.Float32 or GgufValueType.Float64 => Many<double>(type, count),
            GgufValueType.Bool => Many<bool>(type, count),
            _ => Many<long>(type, count),
        };
    }

    private T[] Many<T>(GgufValueType type, int count)
    {
        var values = new T[count];
        for (var i = 0; i < count; i++)
            values[i] = (T)Scalar(type);
        return values;
    }

    private long SmallestBytes(GgufValueType type) => type switch
    {
        GgufValueType.UInt8 or GgufValueType.Int8 or GgufValueType.Bool => 1,
        GgufValueType.UInt16 or GgufValueType.Int16 => 2,
        GgufValueType.UInt32 or GgufValueType.Int32 or GgufValueType.Float32 => 4,
        GgufValueType.UInt64 or GgufValueType.Int64 or GgufValueType.Float64 or GgufValueType.String => 8,
        _ => throw Corrupt($"it has an array of the unsupported kind {(uint)type} at byte {Position - sizeof(uint)}"),
    };

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > Remaining)
            throw Corrupt($"it ends in the middle of a value at byte {Position}; it is truncated");
        var bytes = file.Slice(Position, length);
        Position += length;
        return bytes;
    }
}
