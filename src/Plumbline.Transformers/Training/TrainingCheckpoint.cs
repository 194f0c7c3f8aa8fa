using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Checkpoints.Safetensors;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Tensors;
using Plumbline.Transformers.Training.Layers;

namespace Plumbline.Transformers.Training;

/// <summary>
/// A run's state between two steps as one safetensors file: parameters, both moments, the step, and what the run must have in common with
/// the one that goes on from it. Order of the data and dropout are functions of seed and step, so there is nothing else to keep.
/// </summary>
internal static class TrainingCheckpoint
{
    private const string FormatKey = "plumbline_training_checkpoint";
    private const string Format = "1";
    private const string StepKey = "step";
    private const string OptionsKey = "options";
    private const string DataKey = "data_sha256";
    private const string BaseKey = "base_sha256";

    private static readonly (string Name, Func<ParameterStore, AdamW, FlatBuffer> Buffer)[] Buffers =
    [
        ("parameters", (store, _) => store.ValueBuffer),
        ("first_moment", (_, optimizer) => optimizer.FirstMoment),
        ("second_moment", (_, optimizer) => optimizer.SecondMoment),
    ];

    public static void Save(
        string path, int step, ParameterStore store, AdamW optimizer, TrainingOptions options, string dataHash, string baseHash,
        CancellationToken cancellationToken)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [FormatKey] = Format,
            [StepKey] = step.ToString(CultureInfo.InvariantCulture),
            [OptionsKey] = Describe(options).ToJsonString(),
            [DataKey] = dataHash,
            [BaseKey] = baseHash,
        };
        var weights = Buffers.Select(b => new StoredWeight(b.Name, new Weight(b.Name, b.Buffer(store, optimizer).Owner))).ToArray();
        SafetensorsWriter.Write(path, weights, metadata, cancellationToken);
    }

    /// <summary>Fills parameters and moments, and returns the steps done.</summary>
    /// <exception cref="CheckpointException">The file is missing, truncated or corrupt.</exception>
    /// <exception cref="TrainingException">It belongs to another run.</exception>
    public static int Load(string path, ParameterStore store, AdamW optimizer, TrainingOptions options, string dataHash, string baseHash)
    {
        var file = SafetensorsFile.Open(path);
        if (file.Metadata.GetValueOrDefault(FormatKey) != Format
            || !int.TryParse(file.Metadata.GetValueOrDefault(StepKey), CultureInfo.InvariantCulture, out var step))
            throw new CheckpointException($"{path} is not a training checkpoint of this version. Name a file that a run of training saved, or begin anew.");
        CheckOptions(path, file.Metadata.GetValueOrDefault(OptionsKey) ?? "{}", options);
        CheckHash(path, file, DataKey, dataHash, "training data");
        CheckHash(path, file, BaseKey, baseHash, "base weights");
        foreach (var (name, buffer) in Buffers)
            Fill(path, file, name, buffer(store, optimizer).Owner);
        return step;
    }

    /// <summary>SHA-256 over tokens and loss masks, in order.</summary>
    public static string HashData(IReadOnlyList<TrainingExample> examples)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var example in examples)
        {
            hash.AppendData(BitConverter.GetBytes(example.Tokens.Length));
            hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes<int>(example.Tokens));
            hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes<bool>(example.LossMask));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>SHA-256 over all weights' names and stored bytes.</summary>
    public static unsafe string HashWeights(DecoderWeights weights)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var stored in DecoderAssembly.TakeApart(weights))
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(stored.Name));
            for (var row = 0; row < stored.Weight.Rows; row++)
                hash.AppendData(new ReadOnlySpan<byte>(stored.Weight.Data + (row * stored.Weight.RowBytes), checked((int)stored.Weight.RowBytes)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The options that decide the result: not how many threads compute it.</summary>
    private static JsonObject Describe(TrainingOptions options)
    {
        var fields = JsonSerializer.SerializeToNode(options)!.AsObject();
        fields.Remove(nameof(TrainingOptions.Threads));
        return fields;
    }

    private static void CheckOptions(string path, string saved, TrainingOptions options)
    {
        JsonObject before;
        try
        {
            before = JsonNode.Parse(saved)!.AsObject();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new CheckpointException($"{path} is corrupt: its training options are not JSON ({error.Message}). Begin anew.", error);
        }

        foreach (var (name, now) in Describe(options))
        {
            if (!JsonNode.DeepEquals(now, before[name]))
            {
                throw new TrainingException(
                    $"The checkpoint {path} was made with {name} = {before[name]?.ToJsonString() ?? "nothing"}; this run has {now?.ToJsonString() ?? "nothing"}. Use the same options to go on, or begin anew.");
            }
        }
    }

    private static void CheckHash(string path, SafetensorsFile file, string key, string now, string what)
    {
        if (file.Metadata.GetValueOrDefault(key) != now)
            throw new TrainingException($"The checkpoint {path} was made with other {what}. Use the same to go on, or begin anew.");
    }

    private static void Fill(string path, SafetensorsFile file, string name, Tensor destination)
    {
        if (!file.TryGet(name, out var weight) || weight.Type != DType.F32 || weight.Rows != destination.Rows || weight.Columns != destination.Columns)
            throw new CheckpointException($"{path}: the tensor {name} is missing or has another shape than this run's. Begin anew.");
        for (var row = 0; row < weight.Rows; row++)
            weight.CopyRow(row, destination.Row(row));
    }
}
