using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plumbline.Transformers.Checkpoints.HuggingFace;

/// <summary>A model's <c>config.json</c>: read into a <see cref="ModelConfig"/>, and written from one.</summary>
public static class ConfigFile
{
    /// <summary>The file's name in a folder.</summary>
    public const string Name = "config.json";

    // Sixty times the widest published model. Sizes of the cache are 32-bit products of this width, and must not wrap round.
    private const long WidestHeads = 1 << 20;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static readonly Dictionary<string, ModelFamily> Families = new(StringComparer.Ordinal)
    {
        ["llama"] = ModelFamily.Llama,
        ["mistral"] = ModelFamily.Mistral,
        ["qwen2"] = ModelFamily.Qwen2,
        ["qwen3"] = ModelFamily.Qwen3,
    };

    /// <summary>Reads a file. Fields that say how the model computes and that the engine does not know are errors, never ignored.</summary>
    /// <exception cref="CheckpointException">The file is missing or malformed, or describes a model that the engine does not compute.</exception>
    public static ModelConfig Read(string path)
    {
        var fields = JsonFields.Read(path);
        var family = Family(fields);
        RejectUnknown(fields);
        var heads = fields.Whole("num_attention_heads");
        var hidden = fields.Whole("hidden_size");
        var config = new ModelConfig
        {
            Family = family,
            VocabularySize = fields.Whole("vocab_size"),
            HiddenSize = hidden,
            IntermediateSize = fields.Whole("intermediate_size"),
            Layers = fields.Whole("num_hidden_layers"),
            Heads = heads,
            KeyValueHeads = fields.OptionalWhole("num_key_value_heads") ?? heads,
            HeadSize = fields.OptionalWhole("head_dim") ?? hidden / heads,
            MaxPositions = fields.OptionalWhole("max_position_embeddings") ?? 2048,
            NormEpsilon = fields.Number("rms_norm_eps") ?? 1e-6f,
            RopeTheta = fields.Number("rope_theta") ?? fields.Object("rope_parameters")?.Number("rope_theta") ?? 10_000f,
            RopeScaling = RopeScaling(fields),
            SlidingWindow = SlidingWindow(fields, family),
            TiedEmbeddings = fields.Flag("tie_word_embeddings") ?? false,
            AttentionBias = family == ModelFamily.Qwen2 || (fields.Flag("attention_bias") ?? false),
            AttentionOutputBias = family != ModelFamily.Qwen2 && (fields.Flag("attention_bias") ?? false),
            QueryKeyNorm = family == ModelFamily.Qwen3,
            BeginToken = fields.Tokens("bos_token_id") is [var begin, ..] ? begin : null,
            EndTokens = fields.Tokens("eos_token_id"),
        };
        Check(path, config);
        return config;
    }

    /// <summary>Writes a file that <c>transformers</c> and <see cref="Read"/> read back to the same shape.</summary>
    /// <exception cref="CheckpointException">The file cannot be written.</exception>
    public static void Write(string path, ModelConfig config, string dtype) =>
        AtomicFile.WriteAllBytes(path, JsonSerializer.SerializeToUtf8Bytes(ToJson(config, dtype), Indented));

    /// <summary>Checks that heads, widths and positions fit together.</summary>
    /// <exception cref="CheckpointException">They do not; <paramref name="origin"/> names the file.</exception>
    internal static void Check(string origin, ModelConfig config)
    {
        if (config.Heads % config.KeyValueHeads != 0)
            throw new CheckpointException($"{origin}: {config.Heads} query heads cannot share {config.KeyValueHeads} key/value heads; expected a divisor.");
        if (config.HeadSize < 2 || config.HeadSize % 2 != 0)
            throw new CheckpointException($"{origin}: a head's width is {config.HeadSize}; expected an even number, for the rotary embedding turns pairs.");
        if ((long)config.Heads * config.HeadSize > WidestHeads)
            throw new CheckpointException($"{origin}: {config.Heads} heads of {config.HeadSize} values are too wide; expected at most {WidestHeads} values in all.");
        if (config.RopeTheta <= 0 || config.NormEpsilon < 0)
            throw new CheckpointException($"{origin}: rope_theta is {config.RopeTheta} and rms_norm_eps {config.NormEpsilon}; expected positive numbers.");
    }

    private static ModelFamily Family(JsonFields fields)
    {
        var type = fields.Text("model_type") ?? throw fields.Missing("model_type", $"one of {string.Join(", ", Families.Keys)}");
        if (!Families.TryGetValue(type, out var family))
        {
            throw new CheckpointException(
                $"{fields.File}: the architecture '{type}' is not supported; the engine computes {string.Join(", ", Families.Keys)}. Serve the model elsewhere and name it by its endpoint.");
        }

        var contrary = fields.Texts("architectures").FirstOrDefault(name => !name.Equals(Architecture(family), StringComparison.OrdinalIgnoreCase));
        return contrary is null
            ? family
            : throw new CheckpointException(
                $"{fields.File}: model_type is '{type}' and architectures names '{contrary}', another way to compute; expected '{Architecture(family)}'. Take the model's own {Name}.");
    }

    private static string Architecture(ModelFamily family) => $"{family}ForCausalLM";

    private static void RejectUnknown(JsonFields fields)
    {
        if (fields.Value("quantization_config") is not null)
            throw new CheckpointException($"{fields.File}: the weights are quantised (quantization_config); the engine reads F32, F16 and BF16 here, and Q8_0 from GGUF. Take the unquantised model.");
        if (fields.Text("hidden_act") is { } activation && activation is not "silu" and not "swish")
            throw new CheckpointException($"{fields.File}: the activation '{activation}' is not supported; expected silu.");
        if (fields.Flag("mlp_bias") == true)
            throw new CheckpointException($"{fields.File}: mlp_bias is true; the engine's MLP has no biases.");
        if (fields.Number("partial_rotary_factor") is { } partial && partial != 1)
            throw new CheckpointException($"{fields.File}: partial_rotary_factor is {partial}; the engine turns whole heads (1).");
    }

    private static Llama3RopeScaling? RopeScaling(JsonFields fields)
    {
        var found = fields.Object("rope_scaling") ?? fields.Object("rope_parameters");
        if (found is not { } scaling)
            return null;
        var type = scaling.Text("rope_type") ?? scaling.Text("type") ?? "default";
        return type switch
        {
            "default" => null,
            "llama3" => new Llama3RopeScaling(
                scaling.Number("factor") ?? throw scaling.Missing("factor", "a number"),
                scaling.Number("low_freq_factor") ?? throw scaling.Missing("low_freq_factor", "a number"),
                scaling.Number("high_freq_factor") ?? throw scaling.Missing("high_freq_factor", "a number"),
                scaling.Whole("original_max_position_embeddings")),
            _ => throw new CheckpointException($"{fields.File}: the rope type '{type}' is not supported; the engine knows default and llama3. Serve the model elsewhere and name it by its endpoint."),
        };
    }

    private static int? SlidingWindow(JsonFields fields, ModelFamily family)
    {
        var window = fields.OptionalWhole("sliding_window");
        if (family == ModelFamily.Mistral)
            return window;
        if (window is null || fields.Flag("use_sliding_window") != true)
            return null;

        // Qwen slides in the layers from max_window_layers on; the engine slides in all or none.
        var first = fields.OptionalWhole("max_window_layers", smallest: 0) ?? 0;
        if (first >= fields.Whole("num_hidden_layers"))
            return null;
        return first == 0
            ? window
            : throw new CheckpointException($"{fields.File}: a sliding window in some layers only (max_window_layers {first}) is not supported; expected all or none.");
    }

    private static JsonObject ToJson(ModelConfig config, string dtype)
    {
        var json = new JsonObject
        {
            ["architectures"] = new JsonArray(Architecture(config.Family)),
            ["model_type"] = Families.First(pair => pair.Value == config.Family).Key,
            ["vocab_size"] = config.VocabularySize,
            ["hidden_size"] = config.HiddenSize,
            ["intermediate_size"] = config.IntermediateSize,
            ["num_hidden_layers"] = config.Layers,
            ["num_attention_heads"] = config.Heads,
            ["num_key_value_heads"] = config.KeyValueHeads,
            ["head_dim"] = config.HeadSize,
            ["hidden_act"] = "silu",
            ["max_position_embeddings"] = config.MaxPositions,
            ["rms_norm_eps"] = config.NormEpsilon,
            ["rope_theta"] = config.RopeTheta,
            ["rope_scaling"] = config.RopeScaling is { } scaling ? ToJson(scaling) : null,
            ["attention_bias"] = config.AttentionOutputBias,
            ["attention_dropout"] = 0.0,
            ["tie_word_embeddings"] = config.TiedEmbeddings,
            ["bos_token_id"] = config.BeginToken,
            ["eos_token_id"] = config.EndTokens switch
            {
                [] => null,
                [var end] => end,
                var ends => new JsonArray([.. ends.Select(end => JsonValue.Create(end))]),
            },
            ["sliding_window"] = config.SlidingWindow,
            ["torch_dtype"] = dtype,
        };
        if (config.Family is ModelFamily.Qwen2 or ModelFamily.Qwen3)
        {
            json["use_sliding_window"] = config.SlidingWindow is not null;
            json["max_window_layers"] = config.SlidingWindow is null ? config.Layers : 0;
        }

        return json;
    }

    private static JsonObject ToJson(Llama3RopeScaling scaling) => new()
    {
        ["rope_type"] = "llama3",
        ["factor"] = scaling.Factor,
        ["low_freq_factor"] = scaling.LowFrequencyFactor,
        ["high_freq_factor"] = scaling.HighFrequencyFactor,
        ["original_max_position_embeddings"] = scaling.OriginalMaxPositions,
    };
}
