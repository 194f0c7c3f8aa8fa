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
/// A run's state between two steps as one safetensors file: parameters, both moments, the step, what the run must have in common with the one
/// that goes on from it, and a sum over all of that. Order of the data and dropout are functions of seed and step, so there is nothing else to keep.
/// </summary>
internal static class TrainingCheckpoint
{
    private const string FormatKey = "plumbline_training_checkpoint";
    private const string Format = "1";
    private const string StepKey = "step";
    private const string OptionsKey = "options";
    private const string DataKey = "data_sha256";
    private const string BaseKey = "base_sha256";
    private const string NoteKey = "note";
    private const string SumKey = "sha256";

    private static readonly (string Name, Func<ParameterStore, AdamW, FlatBuffer> Buffer)[] Buffers =
    [
        ("parameters", (store, _) => store.ValueBuffer),
        ("first_moment", (_, optimizer) => optimizer.FirstMoment),
        ("second_moment", (_, optimizer) => optimizer.SecondMoment),
    ];

    public static void Save(
        string path, int step, ParameterStore store, AdamW optimizer, TrainingOrigin origin, string? note, CancellationToken cancellationToken)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [FormatKey] = Format,
            [StepKey] = step.ToString(CultureInfo.InvariantCulture),
            [OptionsKey] = Describe(origin.Options).ToJsonString(),
            [DataKey] = origin.DataHash,
            [BaseKey] = origin.BaseHash,
        };
        if (note is not null)
            metadata[NoteKey] = note;
        var weights = Buffers.Select(b => new Weight(b.Name, b.Buffer(store, optimizer).Owner)).ToArray();
        metadata[SumKey] = Sum(metadata, weights);
        SafetensorsWriter.Write(path, [.. weights.Select(w => new StoredWeight(w.Name, w))], metadata, cancellationToken);
    }

    /// <summary>Fills parameters and moments, and returns the steps done.</summary>
    /// <exception cref="CheckpointException">The file is missing, truncated or corrupt.</exception>
    /// <exception cref="TrainingException">It belongs to another run.</exception>
    public static int Load(string path, int steps, ParameterStore store, AdamW optimizer, TrainingOrigin origin)
    {
        var (file, weights) = Open(path);
        CheckOptions(path, file.Metadata.GetValueOrDefault(OptionsKey) ?? "{}", origin.Options);
        CheckHash(path, file, DataKey, origin.DataHash, "training data");
        CheckHash(path, file, BaseKey, origin.BaseHash, "base weights");
        if (!int.TryParse(file.Metadata.GetValueOrDefault(StepKey), CultureInfo.InvariantCulture, out var step) || step < 0 || step > steps)
            throw new CheckpointException($"{path} is corrupt: it is of step '{file.Metadata.GetValueOrDefault(StepKey)}', and the run has {steps}. Begin anew.");
        var destinations = Buffers.Select(b => b.Buffer(store, optimizer).Owner).ToArray();
        foreach (var (weight, destination) in weights.Zip(destinations))
            CheckShape(path, weight, destination);
        foreach (var (weight, destination) in weights.Zip(destinations))
            Fill(weight, destination);
        return step;
    }

    /// <summary>The note that was saved with the state.</summary>
    /// <exception cref="CheckpointException">The file is missing, truncated or corrupt.</exception>
    public static string? ReadNote(string path) => Open(path).File.Metadata.GetValueOrDefault(NoteKey);

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
    public static string HashWeights(DecoderWeights weights)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var stored in DecoderAssembly.TakeApart(weights))
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(stored.Name));
            AppendRows(hash, stored.Weight);
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

    private static void CheckShape(string path, Weight weight, Tensor destination)
    {
        if (weight.Type != DType.F32 || weight.Rows != destination.Rows || weight.Columns != destination.Columns)
            throw new CheckpointException($"{path}: the tensor {weight.Name} has another shape than this run's. Begin anew.");
    }

    private static void Fill(Weight weight, Tensor destination)
    {
        for (var row = 0; row < weight.Rows; row++)
            weight.CopyRow(row, destination.Row(row));
    }

    /// <summary>Opens a checkpoint, having read all of it: one changed bit would go on as another run.</summary>
    private static (SafetensorsFile File, IReadOnlyList<Weight> Weights) Open(string path)
    {
        var file = SafetensorsFile.Open(path);
        if (file.Metadata.GetValueOrDefault(FormatKey) != Format)
            throw new CheckpointException($"{path} is not a training checkpoint of this version. Name a file that a run of training saved, or begin anew.");
        var weights = Buffers
            .Select(b => file.TryGet(b.Name, out var weight) ? weight : throw new CheckpointException($"{path}: the tensor {b.Name} is missing. Begin anew."))
            .ToArray();
        return file.Metadata.GetValueOrDefault(SumKey) == Sum(file.Metadata, weights)
            ? (file, weights)
            : throw new CheckpointException($"{path} is corrupt: its content does not have the sum that was saved with it. Begin anew.");
    }

    /// <summary>SHA-256 over the metadata and all values.</summary>
    private static string Sum(IReadOnlyDictionary<string, string> metadata, IReadOnlyList<Weight> weights)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (key, value) in metadata.Where(entry => entry.Key != SumKey).OrderBy(entry => entry.Key, StringComparer.Ordinal))
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"{key.Length}:{key}{value.Length}:{value}"));
        foreach (var weight in weights)
            AppendRows(hash, weight);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static unsafe void AppendRows(IncrementalHash hash, Weight weight)
    {
        for (var row = 0; row < weight.Rows; row++)
            hash.AppendData(new ReadOnlySpan<byte>(weight.Data + (row * weight.RowBytes), checked((int)weight.RowBytes)));
        GC.KeepAlive(weight);
    }
}
