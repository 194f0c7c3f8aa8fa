using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Checkpoints.Safetensors;

/// <summary>The weights of a Hugging Face folder: <c>model.safetensors</c>, or the shards that <c>model.safetensors.index.json</c> lists.</summary>
public sealed class SafetensorsFolder : IWeightSource
{
    /// <summary>The name of an undivided weights file.</summary>
    public const string SingleFile = "model.safetensors";

    /// <summary>The name of the list of shards.</summary>
    public const string IndexFile = "model.safetensors.index.json";

    private readonly Dictionary<string, SafetensorsFile> fileByName;

    private SafetensorsFolder(string folder, Dictionary<string, SafetensorsFile> fileByName)
    {
        Origin = folder;
        this.fileByName = fileByName;
    }

    /// <inheritdoc/>
    public string Origin { get; }

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Names => fileByName.Keys;

    /// <summary>Opens a folder's weights; where both an index and a single file are there, the index counts.</summary>
    /// <exception cref="CheckpointException">There are no weights, a shard is missing or corrupt, or the index disagrees with the shards.</exception>
    public static SafetensorsFolder Open(string folder)
    {
        var index = Path.Combine(folder, IndexFile);
        if (File.Exists(index))
            return OpenSharded(folder, index);
        var single = Path.Combine(folder, SingleFile);
        if (!File.Exists(single))
        {
            throw new CheckpointException(
                $"The folder {folder} has neither {SingleFile} nor {IndexFile}. Weights in other formats (pytorch_model.bin, …) must be saved as safetensors first.");
        }

        var file = SafetensorsFile.Open(single);
        return new SafetensorsFolder(folder, file.Names.ToDictionary(name => name, _ => file, StringComparer.Ordinal));
    }

    /// <inheritdoc/>
    public bool TryGet(string name, [NotNullWhen(true)] out Weight? weight)
    {
        weight = null;
        return fileByName.TryGetValue(name, out var file) && file.TryGet(name, out weight);
    }

    private static SafetensorsFolder OpenSharded(string folder, string index)
    {
        var shards = new Dictionary<string, SafetensorsFile>(StringComparer.Ordinal);
        var holders = new Dictionary<string, SafetensorsFile>(StringComparer.Ordinal);
        foreach (var (name, shard) in ReadIndex(index))
        {
            if (!shards.TryGetValue(shard, out var file))
                shards.Add(shard, file = SafetensorsFile.Open(Path.Combine(folder, shard)));
            if (!file.Contains(name))
                throw new CheckpointException($"{index} says that the tensor {name} is in {shard}, and it is not there. Copy or download the shards again.");
            holders[name] = file;
        }

        return new SafetensorsFolder(folder, holders);
    }

    private static List<(string Name, string Shard)> ReadIndex(string index)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(index));
            var shards = new List<(string, string)>();
            foreach (var item in document.RootElement.GetProperty("weight_map").EnumerateObject())
            {
                var shard = item.Value.GetString() ?? string.Empty;
                if (shard.Length == 0 || shard != Path.GetFileName(shard) || shard is "." or "..")
                    throw new CheckpointException($"{index} puts the tensor {item.Name} into the file '{shard}'; expected the name of a file beside it.");
                shards.Add((item.Name, shard));
            }

            return shards;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"The file {index} cannot be read: {error.Message} Check that you may read it.", error);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new CheckpointException($"{index} cannot be used: expected a JSON object with a weight_map ({error.Message}). Copy or download it again.", error);
        }
    }
}
