using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Checkpoints.Safetensors;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Adapters;

/// <summary>Reads and writes adapters as the PEFT library does (version 0.7 and later, safetensors).</summary>
internal static class PeftFolder
{
    private const string ConfigFile = "adapter_config.json";
    private const string WeightsFile = "adapter_model.safetensors";
    private const string KeyPrefix = "base_model.model.";
    private const string SuffixA = ".lora_A.weight";
    private const string SuffixB = ".lora_B.weight";

    // Our own field; PEFT leaves unknown ones alone.
    private const string IdentityField = "plumbline_base_identity";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static LoraAdapter Load(string folder)
    {
        var path = Path.Combine(folder, ConfigFile);
        var config = ReadConfig(path);
        var adapter = new LoraAdapter
        {
            ByModule = ReadMatrices(Path.Combine(folder, WeightsFile), config.Rank),
            Rank = config.Rank,
            Alpha = config.Alpha,
            RankStabilized = config.RankStabilized,
            Dropout = config.Dropout,
            BaseModelIdentity = config.BaseModelIdentity,
            BaseModelName = config.BaseModelName,
            Origin = folder,
        };
        return adapter;
    }

    public static bool IsAlone(string folder, out string? recordedBase)
    {
        recordedBase = null;
        var path = Path.Combine(folder, ConfigFile);
        if (!File.Exists(path) || File.Exists(Path.Combine(folder, Checkpoints.HuggingFace.ConfigFile.Name))) return false;

        try
        {
            recordedBase = ReadConfig(path).BaseModelName;
        }
        catch (CheckpointException)
        {
            // Whoever puts it on a base is told what is wrong with it.
        }

        return true;
    }

    public static void Save(LoraAdapter adapter, string folder)
    {
        var weights = new List<StoredWeight>();
        foreach (var (module, matrix) in adapter.ByModule.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            weights.Add(Stored(KeyPrefix + module + SuffixA, matrix.A));
            weights.Add(Stored(KeyPrefix + module + SuffixB, matrix.B));
        }

        SafetensorsWriter.Write(Path.Combine(folder, WeightsFile), weights);
        AtomicFile.WriteAllBytes(Path.Combine(folder, ConfigFile), JsonSerializer.SerializeToUtf8Bytes(Config(adapter), Indented));
    }

    private static StoredWeight Stored(string name, Tensor tensor) => new(name, new Weight(name, tensor));

    private static JsonObject Config(LoraAdapter adapter)
    {
        var targets = adapter.ByModule.Keys.Select(m => m[(m.LastIndexOf('.') + 1)..]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var config = new JsonObject
        {
            ["base_model_name_or_path"] = adapter.BaseModelName,
            ["bias"] = "none",
            ["fan_in_fan_out"] = false,
            ["inference_mode"] = true,
            ["init_lora_weights"] = true,
            ["lora_alpha"] = adapter.Alpha,
            ["lora_dropout"] = adapter.Dropout,
            ["modules_to_save"] = null,
            ["peft_type"] = "LORA",
            ["r"] = adapter.Rank,
            ["target_modules"] = new JsonArray([.. targets.Select(t => JsonValue.Create(t))]),
            ["task_type"] = "CAUSAL_LM",
            ["use_rslora"] = adapter.RankStabilized,
        };
        if (adapter.BaseModelIdentity is not null)
            config[IdentityField] = adapter.BaseModelIdentity;
        return config;
    }

    private static PeftConfig ReadConfig(string path)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(File.ReadAllBytes(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new CheckpointException(
                $"{path} cannot be read as a PEFT adapter's config: {error.Message} Name a folder with {ConfigFile} and {WeightsFile}.", error);
        }

        if (root is not JsonObject fields)
            throw new CheckpointException($"{path} is not a JSON object. Copy or save the adapter again.");
        try
        {
            return PeftConfig.Read(path, fields, IdentityField);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            // Found only when a field is looked at: one that is there twice, or half of a surrogate pair.
            throw new CheckpointException($"{path} is not valid JSON: {error.Message} Copy or save the adapter again.", error);
        }
    }

    private static Dictionary<string, LoraMatrix> ReadMatrices(string path, int rank)
    {
        var file = SafetensorsFile.Open(path);
        var matrices = new Dictionary<string, LoraMatrix>(StringComparer.Ordinal);
        foreach (var name in file.Names)
        {
            if (name.EndsWith(SuffixB, StringComparison.Ordinal) && file.Contains(name[..^SuffixB.Length] + SuffixA))
                continue;
            if (!name.StartsWith(KeyPrefix, StringComparison.Ordinal) || !name.EndsWith(SuffixA, StringComparison.Ordinal))
            {
                throw new CheckpointException(
                    $"{path} holds the tensor {name}; the engine reads {KeyPrefix}<module>{SuffixA} and {SuffixB} only. Save the adapter without trained biases, embeddings or other modules.");
            }

            var module = name[KeyPrefix.Length..^SuffixA.Length];
            matrices.Add(module, ReadMatrix(file, path, module, rank));
        }

        if (matrices.Count == 0)
            throw new CheckpointException($"{path} holds no adapter weights; expected {KeyPrefix}<module>{SuffixA} and {SuffixB}. Save the adapter again.");
        return matrices;
    }

    private static LoraMatrix ReadMatrix(SafetensorsFile file, string path, string module, int rank)
    {
        Weight Fetch(string suffix) => file.TryGet(KeyPrefix + module + suffix, out var weight)
            ? weight
            : throw new CheckpointException($"{path} lacks the tensor {KeyPrefix}{module}{suffix}. Copy or save the adapter again.");
        var (a, b) = (Fetch(SuffixA), Fetch(SuffixB));
        if (a.Rows != rank || b.Columns != rank)
        {
            throw new CheckpointException(
                $"{path}: the factors of {module} are [{a.Rows}, {a.Columns}] and [{b.Rows}, {b.Columns}]; the config's rank {rank} asks for [{rank}, in] and [out, {rank}]. Check that config and weights belong together.");
        }

        return new LoraMatrix(a.ToTensor(), b.ToTensor());
    }
}
