using System.Buffers.Binary;
using System.Text.Json;

namespace Plumbline.Transformers.Checkpoints.Safetensors;

/// <summary>
/// The header of a safetensors file, every length and offset checked against the file
/// (format: an unsigned 64-bit length, that many bytes of JSON, then the tensors' bytes without gaps).
/// </summary>
internal sealed record SafetensorsHeader(IReadOnlyDictionary<string, SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata)
{
    private const long LengthBytes = 8;

    // The reference implementation's limit: a longer header is an attack, not a model.
    private const long LongestHeader = 100_000_000;

    /// <summary>Reads and checks the header of a mapped file.</summary>
    /// <exception cref="CheckpointException">The file is truncated or corrupt.</exception>
    public static SafetensorsHeader Read(MappedFile file)
    {
        if (file.Length < LengthBytes)
            throw Corrupt(file, $"it has {file.Length} bytes, fewer than the {LengthBytes} of the header's length");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(file.Slice(0, (int)LengthBytes));
        if (length > LongestHeader || (long)length > file.Length - LengthBytes)
            throw Corrupt(file, $"its header claims {length} bytes, and the file has {file.Length - LengthBytes} after the header's length");
        var start = LengthBytes + (long)length;
        try
        {
            return Parse(file, file.Slice(LengthBytes, (int)length), start);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            throw new CheckpointException(
                $"The safetensors file {file.Path} is corrupt: its header is not the JSON that the format asks for ({error.Message}). Copy or download it again.",
                error);
        }
    }

    private static SafetensorsHeader Parse(MappedFile file, ReadOnlySpan<byte> json, long start)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 8 });
        using var document = JsonDocument.ParseValue(ref reader);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw Corrupt(file, "its header is not a JSON object");
        var entries = new Dictionary<string, SafetensorsEntry>(StringComparer.Ordinal);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (property.NameEquals("__metadata__"))
            {
                foreach (var item in property.Value.EnumerateObject())
                    metadata[item.Name] = item.Value.GetString() ?? string.Empty;
            }
            else if (!entries.TryAdd(property.Name, Entry(file, property, start)))
            {
                throw Corrupt(file, $"its header names the tensor {property.Name} twice");
            }
        }

        CheckCoverage(file, entries.Values, start);
        return new SafetensorsHeader(entries, metadata);
    }

    private static SafetensorsEntry Entry(MappedFile file, JsonProperty property, long start)
    {
        var name = property.Name;
        var value = property.Value;
        if (!value.TryGetProperty("dtype", out var dtype) || !value.TryGetProperty("shape", out var shape)
            || !value.TryGetProperty("data_offsets", out var offsets) || offsets.GetArrayLength() != 2)
        {
            throw Corrupt(file, $"the tensor {name} lacks its dtype, shape or two data_offsets");
        }

        var begin = offsets[0].GetInt64();
        var end = offsets[1].GetInt64();
        var room = file.Length - start;
        if (begin < 0 || end < begin || end > room)
            throw Corrupt(file, $"the tensor {name} lies at bytes {begin} to {end}, and the file has {room} bytes of tensors; it may be truncated");

        var type = dtype.GetString()!;
        var dimensions = shape.EnumerateArray().Select(size => size.GetInt64()).ToArray();
        if (Array.Exists(dimensions, size => size < 0))
            throw Corrupt(file, $"the tensor {name} has a negative dimension");
        if (BitsOf(type) is { } bits && !Fits(dimensions, bits, end - begin))
            throw Corrupt(file, $"the tensor {name} has shape [{string.Join(", ", dimensions)}] of {type}, which is not the {end - begin} bytes that it has");
        return new SafetensorsEntry(name, type, dimensions, start + begin, end - begin);
    }

    private static bool Fits(long[] dimensions, int bits, long bytes)
    {
        var values = 1L;
        foreach (var size in dimensions)
        {
            if (size != 0 && values > long.MaxValue / 8 / size / bits)
                return false;
            values *= size;
        }

        return values * bits == bytes * 8;
    }

    private static void CheckCoverage(MappedFile file, IEnumerable<SafetensorsEntry> entries, long start)
    {
        var position = start;
        foreach (var entry in entries.OrderBy(entry => entry.Offset).ThenBy(entry => entry.Length))
        {
            if (entry.Offset != position)
                throw Corrupt(file, $"the tensor {entry.Name} begins at byte {entry.Offset - start} where {position - start} was expected: tensors overlap or leave a gap");
            position += entry.Length;
        }

        if (position != file.Length)
            throw Corrupt(file, $"its tensors end at byte {position}, and the file has {file.Length}");
    }

    private static int? BitsOf(string dtype) => dtype switch
    {
        "BOOL" or "U8" or "I8" or "F8_E5M2" or "F8_E4M3" => 8,
        "I16" or "U16" or "F16" or "BF16" => 16,
        "I32" or "U32" or "F32" => 32,
        "I64" or "U64" or "F64" => 64,
        _ => null,
    };

    private static CheckpointException Corrupt(MappedFile file, string what) =>
        new($"The safetensors file {file.Path} is corrupt: {what}. Copy or download it again.");
}
