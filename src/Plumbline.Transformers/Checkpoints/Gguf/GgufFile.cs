using System.Diagnostics.CodeAnalysis;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Checkpoints.Gguf;

/// <summary>
/// A GGUF file (versions 2 and 3), memory-mapped: every length and offset is checked against the file before anything is read.
/// Names and row orders are the file's own (llama.cpp's).
/// </summary>
public sealed class GgufFile : IWeightSource
{
    internal const uint Magic = 0x46554747;
    internal const uint Version = 3;
    internal const int DefaultAlignment = 32;
    internal const string AlignmentKey = "general.alignment";

    private const int MostDimensions = 4;

    private readonly MappedFile file;
    private readonly Dictionary<string, GgufTensor> tensors;

    private GgufFile(MappedFile file, GgufMetadata metadata, Dictionary<string, GgufTensor> tensors)
    {
        this.file = file;
        this.tensors = tensors;
        Metadata = metadata;
    }

    /// <inheritdoc/>
    public string Origin => file.Path;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Names => tensors.Keys;

    /// <summary>The file's metadata.</summary>
    public GgufMetadata Metadata { get; }

    /// <summary>Whether the file begins as a GGUF file does.</summary>
    /// <exception cref="CheckpointException">The file cannot be read.</exception>
    public static bool IsGguf(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            Span<byte> magic = stackalloc byte[4];
            return stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) == magic.Length && magic.SequenceEqual("GGUF"u8);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"The file {path} cannot be read: {error.Message} Check that you may read it.", error);
        }
    }

    /// <summary>Maps a file and checks its head.</summary>
    /// <exception cref="CheckpointException">The file is missing, truncated, corrupt, or of another version.</exception>
    public static GgufFile Open(string path)
    {
        var mapped = MappedFile.Open(path);
        var cursor = new GgufCursor(mapped);
        if (cursor.UInt32() != Magic)
            throw cursor.Corrupt("it does not begin with GGUF");
        var version = cursor.UInt32();
        if (version is not (2 or Version))
            throw new CheckpointException($"The GGUF file {path} is of version {version}; the engine reads 2 and 3. Convert it anew with a current llama.cpp.");
        var tensorCount = cursor.Count(24, "tensors");
        var metadata = ReadMetadata(cursor, path);
        var alignment = metadata.OptionalWhole(AlignmentKey) ?? DefaultAlignment;
        return new GgufFile(mapped, metadata, ReadTensors(cursor, mapped, tensorCount, alignment));
    }

    /// <summary>A tensor of one or two dimensions; one dimension becomes one row.</summary>
    /// <exception cref="CheckpointException">Its type is not F32, F16, BF16 or Q8_0, or it has more dimensions.</exception>
    public unsafe bool TryGet(string name, [NotNullWhen(true)] out Weight? weight)
    {
        weight = null;
        if (!tensors.TryGetValue(name, out var tensor))
            return false;
        if (GgufDType.Of(tensor.Type) is not { } type)
        {
            throw new CheckpointException(
                $"The tensor {name} in {file.Path} has the type {GgufDType.Name(tensor.Type)}; the engine reads F32, F16, BF16 and Q8_0. Take the model in one of them.");
        }

        var columns = tensor.Shape[0];
        var rows = tensor.Shape.Count > 1 ? tensor.Shape[1] : 1;
        if (tensor.Shape.Skip(2).Any(size => size != 1) || columns > int.MaxValue || rows > int.MaxValue)
            throw new CheckpointException($"The tensor {name} in {file.Path} has the shape [{string.Join(", ", tensor.Shape)}]; expected one or two dimensions.");
        weight = new Weight(name, (int)rows, (int)columns, type, file.Pointer + tensor.Offset, file);
        return true;
    }

    private static GgufMetadata ReadMetadata(GgufCursor cursor, string path)
    {
        // The count of keys was read after that of tensors; a key has at least a length, a kind and a byte.
        var count = cursor.Count(13, "metadata");
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var key = cursor.Text();
            if (!values.TryAdd(key, cursor.Value()))
                throw cursor.Corrupt($"it has the metadata {key} twice");
        }

        return new GgufMetadata(path, values);
    }

    private static Dictionary<string, GgufTensor> ReadTensors(GgufCursor cursor, MappedFile file, int count, int alignment)
    {
        var relative = new List<GgufTensor>(count);
        for (var i = 0; i < count; i++)
            relative.Add(ReadTensor(cursor));
        var start = (cursor.Position + alignment - 1) / alignment * alignment;
        var placed = new Dictionary<string, GgufTensor>(count, StringComparer.Ordinal);
        foreach (var tensor in relative)
        {
            CheckPlace(cursor, tensor, file.Length - start, alignment);
            if (!placed.TryAdd(tensor.Name, tensor with { Offset = start + tensor.Offset }))
                throw cursor.Corrupt($"it has the tensor {tensor.Name} twice");
        }

        return placed;
    }

    private static GgufTensor ReadTensor(GgufCursor cursor)
    {
        var name = cursor.Text();
        var dimensions = cursor.UInt32();
        if (dimensions is 0 or > MostDimensions)
            throw cursor.Corrupt($"the tensor {name} has {dimensions} dimensions; expected 1 to {MostDimensions}");
        var shape = new long[dimensions];
        for (var i = 0; i < shape.Length; i++)
        {
            var size = cursor.UInt64();
            shape[i] = size <= long.MaxValue ? (long)size : throw cursor.Corrupt($"the tensor {name} has a dimension of {size}");
        }

        var type = cursor.UInt32();
        var offset = cursor.UInt64();
        return new GgufTensor(name, shape, type, offset <= long.MaxValue ? (long)offset : throw cursor.Corrupt($"the tensor {name} begins at byte {offset}"));
    }

    private static void CheckPlace(GgufCursor cursor, GgufTensor tensor, long room, int alignment)
    {
        if (tensor.Offset % alignment != 0 || tensor.Offset > room)
            throw cursor.Corrupt($"the tensor {tensor.Name} begins at byte {tensor.Offset} of {room}, aligned to {alignment}; the file may be truncated");
        if (GgufDType.Of(tensor.Type) is not { } type)
            return;
        if (Bytes(tensor, type, room) is not { } bytes || bytes > room - tensor.Offset)
        {
            throw cursor.Corrupt(
                $"the tensor {tensor.Name} of {type} [{string.Join(", ", tensor.Shape)}] begins at byte {tensor.Offset} and does not fit into the {room} bytes of tensors; the file may be truncated");
        }
    }

    /// <summary>The tensor's bytes; null if they are more than <paramref name="most"/>, or no whole number of blocks.</summary>
    private static long? Bytes(GgufTensor tensor, DType type, long most)
    {
        if (tensor.Shape[0] > int.MaxValue || (type == DType.Q8_0 && tensor.Shape[0] % DTypeLayout.Q8BlockLength != 0))
            return null;
        var bytes = DTypeLayout.RowBytes(type, (int)tensor.Shape[0]);
        foreach (var size in tensor.Shape.Skip(1))
        {
            if (size != 0 && bytes > most / size)
                return null;
            bytes *= size;
        }

        return bytes;
    }
}
