using System.Text;

namespace Plumbline.Transformers.Checkpoints.Gguf;

/// <summary>Writes GGUF files, version 3, atomically.</summary>
public static class GgufWriter
{
    /// <summary>Writes a file. Names and row orders must be llama.cpp's already.</summary>
    /// <param name="path">The file.</param>
    /// <param name="metadata">Values: uint, int, float, bool, string, and arrays of int, float and string.</param>
    /// <param name="weights">The tensors; each is written as its <see cref="StoredWeight.Type"/>.</param>
    /// <param name="progress">Is told after each tensor; null for nobody.</param>
    /// <param name="cancellationToken">Stops the writing; no file is left.</param>
    /// <exception cref="CheckpointException">The file cannot be written.</exception>
    public static void Write(
        string path,
        IReadOnlyCollection<KeyValuePair<string, object>> metadata,
        IReadOnlyCollection<StoredWeight> weights,
        IProgress<WriteProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var head = Head(metadata, weights);
        var (done, total) = (0L, weights.Sum(stored => stored.Bytes));
        AtomicFile.Write(path, stream =>
        {
            stream.Write(head);
            foreach (var stored in weights)
            {
                WeightEncoding.Write(stored.Weight, stored.StoredType, stream, cancellationToken);
                stream.Write(new byte[Padding(stored.Bytes)]);
                progress?.Report(new WriteProgress(done += stored.Bytes, total));
            }
        });
    }

    private static byte[] Head(IReadOnlyCollection<KeyValuePair<string, object>> metadata, IReadOnlyCollection<StoredWeight> weights)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer);
        writer.Write(GgufFile.Magic);
        writer.Write(GgufFile.Version);
        writer.Write((ulong)weights.Count);
        writer.Write((ulong)metadata.Count);
        foreach (var (key, value) in metadata)
        {
            WriteText(writer, key);
            WriteValue(writer, value);
        }

        var offset = 0L;
        foreach (var stored in weights)
        {
            WriteTensor(writer, stored, offset);
            offset += stored.Bytes + Padding(stored.Bytes);
        }

        writer.Write(new byte[Padding(buffer.Length)]);
        return buffer.ToArray();
    }

    private static void WriteTensor(BinaryWriter writer, StoredWeight stored, long offset)
    {
        WriteText(writer, stored.Name);
        writer.Write(stored.Vector ? 1u : 2u);
        writer.Write((ulong)stored.Weight.Columns);
        if (!stored.Vector)
            writer.Write((ulong)stored.Weight.Rows);
        writer.Write(GgufDType.Number(stored.StoredType));
        writer.Write((ulong)offset);
    }

    private static void WriteValue(BinaryWriter writer, object value)
    {
        switch (value)
        {
            case uint number:
                writer.Write((uint)GgufValueType.UInt32);
                writer.Write(number);
                break;
            case int number:
                writer.Write((uint)GgufValueType.Int32);
                writer.Write(number);
                break;
            case float number:
                writer.Write((uint)GgufValueType.Float32);
                writer.Write(number);
                break;
            case bool flag:
                writer.Write((uint)GgufValueType.Bool);
                writer.Write(flag);
                break;
            case string text:
                writer.Write((uint)GgufValueType.String);
                WriteText(writer, text);
                break;
            case int[] numbers:
                WriteArray(writer, GgufValueType.Int32, numbers, writer.Write);
                break;
            case float[] numbers:
                WriteArray(writer, GgufValueType.Float32, numbers, writer.Write);
                break;
            case string[] texts:
                WriteArray(writer, GgufValueType.String, texts, text => WriteText(writer, text));
                break;
            default:
                throw new ArgumentException($"A {value.GetType().Name} has no form in GGUF metadata.", nameof(value));
        }
    }

    private static void WriteArray<T>(BinaryWriter writer, GgufValueType type, T[] values, Action<T> write)
    {
        writer.Write((uint)GgufValueType.Array);
        writer.Write((uint)type);
        writer.Write((ulong)values.Length);
        foreach (var value in values)
            write(value);
    }

    private static void WriteText(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((ulong)bytes.Length);
        writer.Write(bytes);
    }

    private static long Padding(long length) => (GgufFile.DefaultAlignment - (length % GgufFile.DefaultAlignment)) % GgufFile.DefaultAlignment;
}
