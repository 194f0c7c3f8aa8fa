using System.Diagnostics.CodeAnalysis;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Checkpoints.Safetensors;

/// <summary>One safetensors file, memory-mapped: nothing is read before the header has been checked against the file's length.</summary>
public sealed class SafetensorsFile : IWeightSource
{
    private readonly MappedFile file;
    private readonly SafetensorsHeader header;

    private SafetensorsFile(MappedFile file, SafetensorsHeader header)
    {
        this.file = file;
        this.header = header;
    }

    /// <inheritdoc/>
    public string Origin => file.Path;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Names => [.. header.Entries.Keys];

    /// <summary>The header's free texts, such as <c>format</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata => header.Metadata;

    /// <summary>Maps a file and checks its header.</summary>
    /// <exception cref="CheckpointException">The file is missing, truncated or corrupt.</exception>
    public static SafetensorsFile Open(string path)
    {
        var mapped = MappedFile.Open(path);
        return new SafetensorsFile(mapped, SafetensorsHeader.Read(mapped));
    }

    /// <summary>Whether the header names that tensor.</summary>
    public bool Contains(string name) => header.Entries.ContainsKey(name);

    /// <summary>A tensor of one or two dimensions; one dimension becomes one row.</summary>
    /// <exception cref="CheckpointException">Its dtype is not F32, F16 or BF16, or it has another number of dimensions.</exception>
    public unsafe bool TryGet(string name, [NotNullWhen(true)] out Weight? weight)
    {
        weight = null;
        if (!header.Entries.TryGetValue(name, out var entry))
            return false;
        var (rows, columns) = Shape(entry);
        weight = new Weight(name, rows, columns, Type(entry), file.Pointer + entry.Offset, file);
        return true;
    }

    private (int Rows, int Columns) Shape(SafetensorsEntry entry) => entry.Shape switch
    {
        [var columns] when columns <= int.MaxValue => (1, (int)columns),
        [var rows, var columns] when rows <= int.MaxValue && columns <= int.MaxValue => ((int)rows, (int)columns),
        _ => throw new CheckpointException(
            $"The tensor {entry.Name} in {file.Path} has shape [{string.Join(", ", entry.Shape)}]; expected one or two dimensions. This is no decoder that the engine knows."),
    };

    private DType Type(SafetensorsEntry entry) => entry.DType switch
    {
        "F32" => DType.F32,
        "F16" => DType.F16,
        "BF16" => DType.BF16,
        _ => throw new CheckpointException(
            $"The tensor {entry.Name} in {file.Path} has the dtype {entry.DType}; the engine reads F32, F16 and BF16. Save the model in one of them, for example with torch_dtype=bfloat16."),
    };
}
