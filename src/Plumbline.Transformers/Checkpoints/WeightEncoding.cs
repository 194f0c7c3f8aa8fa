using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Checkpoints;

/// <summary>Writes a weight's rows in a dtype of choice: bytes as they are where it is the weight's own, rounded otherwise.</summary>
internal static unsafe class WeightEncoding
{
    /// <summary>Writes all rows, first to last.</summary>
    public static void Write(Weight weight, DType type, Stream stream, CancellationToken cancellationToken)
    {
        if (type == weight.Type)
            WriteBytes(weight, stream, cancellationToken);
        else
            WriteConverted(weight, type, stream, cancellationToken);
    }

    /// <summary>Encodes one row: nearest even for F16 and BF16; for Q8_0, as ggml does it: the block's largest value becomes ±127.</summary>
    public static void Encode(ReadOnlySpan<float> row, DType type, Span<byte> destination)
    {
        switch (type)
        {
            case DType.F32:
                MemoryMarshal.AsBytes(row).CopyTo(destination);
                break;
            case DType.F16:
                TensorPrimitives.ConvertToHalf(row, MemoryMarshal.Cast<byte, Half>(destination));
                break;
            case DType.BF16:
                var halves = MemoryMarshal.Cast<byte, ushort>(destination);
                for (var i = 0; i < row.Length; i++)
                    halves[i] = BrainHalf(row[i]);
                break;
            case DType.Q8_0:
                for (var block = 0; block < row.Length / DTypeLayout.Q8BlockLength; block++)
                {
                    EncodeBlock(
                        row.Slice(block * DTypeLayout.Q8BlockLength, DTypeLayout.Q8BlockLength),
                        destination.Slice(block * DTypeLayout.Q8BlockBytes, DTypeLayout.Q8BlockBytes));
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "Unknown dtype.");
        }
    }

    private static void WriteBytes(Weight weight, Stream stream, CancellationToken cancellationToken)
    {
        const int Chunk = 1 << 22;
        for (var offset = 0L; offset < weight.Bytes; offset += Chunk)
        {
            cancellationToken.ThrowIfCancellationRequested();
            stream.Write(new ReadOnlySpan<byte>(weight.Data + offset, (int)Math.Min(Chunk, weight.Bytes - offset)));
        }

        GC.KeepAlive(weight);
    }

    private static void WriteConverted(Weight weight, DType type, Stream stream, CancellationToken cancellationToken)
    {
        var values = new float[weight.Columns];
        var bytes = new byte[checked((int)DTypeLayout.RowBytes(type, weight.Columns))];
        for (var row = 0; row < weight.Rows; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            weight.CopyRow(row, values);
            Encode(values, type, bytes);
            stream.Write(bytes);
        }
    }

    private static ushort BrainHalf(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        if (float.IsNaN(value))
            return (ushort)((bits >> 16) | 0x40);
        return (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }

    private static void EncodeBlock(ReadOnlySpan<float> values, Span<byte> destination)
    {
        var largest = Math.Abs(TensorPrimitives.MaxMagnitude(values));
        var scale = largest / 127f;
        var inverse = scale == 0 ? 0 : 1f / scale;
        MemoryMarshal.Write(destination, (Half)scale);
        for (var i = 0; i < values.Length; i++)
            destination[2 + i] = (byte)(sbyte)MathF.Round(values[i] * inverse, MidpointRounding.AwayFromZero);
    }
}
