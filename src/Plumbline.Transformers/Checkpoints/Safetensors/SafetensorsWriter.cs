using System.Buffers.Binary;
using System.Text.Json;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Checkpoints.Safetensors;

/// <summary>Writes safetensors files and sharded folders, each file atomically.</summary>
public static class SafetensorsWriter
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes one file. Weights keep their order and dtype; Q8_0, which the format does not have, becomes F16.</summary>
    /// <exception cref="CheckpointException">The file cannot be written.</exception>
    public static void Write(
        string path,
        IReadOnlyList<StoredWeight> weights,
        IReadOnlyDictionary<string, string>? metadata = null,
        CancellationToken cancellationToken = default) => Write(path, weights, metadata, written: null, cancellationToken);

    /// <summary>
    /// Writes a folder's weights: one <c>model.safetensors</c>, or, above <paramref name="largestShard"/> bytes, shards and their index.
    /// </summary>
    /// <param name="folder">The folder; it exists.</param>
    /// <param name="weights">What to write, in this order.</param>
    /// <param name="largestShard">Bytes of weights that a file takes at most, but for a weight that alone is larger.</param>
    /// <param name="progress">Is told after each weight; null for nobody.</param>
    /// <param name="cancellationToken">Stops the writing; no index is left over half a model.</param>
    /// <exception cref="CheckpointException">A file cannot be written.</exception>
    public static void WriteFolder(
        string folder,
        IReadOnlyList<StoredWeight> weights,
        long largestShard = 5_000_000_000,
        IProgress<WriteProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        weights = [.. weights.Select(Storable)];
        var (done, total) = (0L, weights.Sum(stored => stored.Bytes));
        void Tell(StoredWeight written) => progress?.Report(new WriteProgress(done += written.Bytes, total));

        var shards = Divide(weights, largestShard);
        if (shards.Count == 1)
        {
            // An index left over from an earlier save would win over the single file.
            AtomicFile.Delete(Path.Combine(folder, SafetensorsFolder.IndexFile));
            Write(Path.Combine(folder, SafetensorsFolder.SingleFile), weights, metadata: null, Tell, cancellationToken);
            return;
        }

        var map = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < shards.Count; i++)
        {
            var name = $"model-{i + 1:D5}-of-{shards.Count:D5}.safetensors";
            Write(Path.Combine(folder, name), shards[i], metadata: null, Tell, cancellationToken);
            foreach (var stored in shards[i])
                map[stored.Name] = name;
        }

        var index = new { metadata = new { total_size = total }, weight_map = map };
        AtomicFile.WriteAllBytes(Path.Combine(folder, SafetensorsFolder.IndexFile), JsonSerializer.SerializeToUtf8Bytes(index, Indented));
    }

    private static void Write(
        string path,
        IReadOnlyList<StoredWeight> weights,
        IReadOnlyDictionary<string, string>? metadata,
        Action<StoredWeight>? written,
        CancellationToken cancellationToken)
    {
        weights = [.. weights.Select(Storable)];
        var header = Header(weights, metadata ?? new Dictionary<string, string>(StringComparer.Ordinal) { ["format"] = "pt" });
        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (var stored in weights)
            {
                WeightEncoding.Write(stored.Weight, stored.StoredType, stream, cancellationToken);
                written?.Invoke(stored);
            }
        });
    }

    private static List<List<StoredWeight>> Divide(IReadOnlyList<StoredWeight> weights, long largestShard)
    {
        var shards = new List<List<StoredWeight>> { new() };
        var filled = 0L;
        foreach (var stored in weights)
        {
            if (filled > 0 && filled + stored.Bytes > largestShard)
            {
                shards.Add([]);
                filled = 0;
            }

            shards[^1].Add(stored);
            filled += stored.Bytes;
        }

        return shards;
    }

    private static byte[] Header(IReadOnlyList<StoredWeight> weights, IReadOnlyDictionary<string, string> metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            foreach (var (key, value) in metadata)
                json.WriteString(key, value);
            json.WriteEndObject();
            var offset = 0L;
            foreach (var stored in weights)
            {
                json.WriteStartObject(stored.Name);
                json.WriteString("dtype", stored.StoredType.ToString());
                json.WriteStartArray("shape");
                if (!stored.Vector)
                    json.WriteNumberValue(stored.Weight.Rows);
                json.WriteNumberValue(stored.Weight.Columns);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += stored.Bytes);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // The tensors begin at a multiple of eight bytes, as the reference implementation writes them.
        while (buffer.Length % 8 != 0)
            buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    private static StoredWeight Storable(StoredWeight stored) => stored.StoredType == DType.Q8_0 ? stored with { Type = DType.F16 } : stored;
}
