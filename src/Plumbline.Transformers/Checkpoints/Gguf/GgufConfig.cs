namespace Plumbline.Transformers.Checkpoints.Gguf;

/// <summary>A decoder's shape in GGUF metadata, in llama.cpp's keys.</summary>
internal static class GgufConfig
{
    /// <summary>The key of the architecture's name.</summary>
    public const string ArchitectureKey = "general.architecture";

    /// <summary>The tensor of Llama 3.1's wavelength factors.</summary>
    public const string RopeFactors = "rope_freqs.weight";

    // Our own key: the four numbers that the factors were made from, which llama.cpp does not keep.
    private const string RopeParameters = "plumbline.rope.llama3";

    // Llama 3.1's and 3.2's published numbers; only the factor differs between them.
    private const float PublishedLow = 1;
    private const float PublishedHigh = 4;
    private const int PublishedPositions = 8192;

    private static readonly Dictionary<string, ModelFamily> Families = new(StringComparer.Ordinal)
    {
        ["llama"] = ModelFamily.Llama,
        ["qwen2"] = ModelFamily.Qwen2,
        ["qwen3"] = ModelFamily.Qwen3,
    };

    /// <summary>Reads the shape; what the metadata leaves out is seen from the tensors.</summary>
    /// <exception cref="CheckpointException">The architecture is unknown, or a key is missing or malformed.</exception>
    public static ModelConfig Read(GgufFile file)
    {
        var metadata = file.Metadata;
        var architecture = metadata.RequiredText(ArchitectureKey);
        if (!Families.TryGetValue(architecture, out var family))
        {
            throw new CheckpointException(
                $"{file.Origin}: the architecture '{architecture}' is not supported; the engine computes {string.Join(", ", Families.Keys)}. Serve the model elsewhere and name it by its endpoint.");
        }

        string Key(string name) => $"{architecture}.{name}";
        var heads = metadata.Whole(Key("attention.head_count"));
        var hidden = metadata.Whole(Key("embedding_length"));
        var headSize = metadata.OptionalWhole(Key("attention.key_length")) ?? hidden / heads;
        var window = metadata.OptionalWhole(Key("attention.sliding_window"), smallest: 0);
        CheckRotation(file, Key("rope.scaling.type"), Key("rope.dimension_count"), headSize);
        var config = new ModelConfig
        {
            Family = family == ModelFamily.Llama && window > 0 ? ModelFamily.Mistral : family,
            VocabularySize = Vocabulary(file, architecture),
            HiddenSize = hidden,
            IntermediateSize = metadata.Whole(Key("feed_forward_length")),
            Layers = metadata.Whole(Key("block_count")),
            Heads = heads,
            KeyValueHeads = metadata.OptionalWhole(Key("attention.head_count_kv")) ?? heads,
            HeadSize = headSize,
            MaxPositions = metadata.Whole(Key("context_length")),
            NormEpsilon = metadata.Number(Key("attention.layer_norm_rms_epsilon")) ?? 1e-5f,
            RopeTheta = metadata.Number(Key("rope.freq_base")) ?? 10_000f,
            RopeScaling = Scaling(file, metadata.Number(Key("rope.freq_base")) ?? 10_000f, headSize),
            SlidingWindow = window > 0 ? window : null,
            TiedEmbeddings = !file.Names.Contains("output.weight"),
            AttentionBias = file.Names.Contains("blk.0.attn_q.bias"),
            AttentionOutputBias = file.Names.Contains("blk.0.attn_output.bias"),
            QueryKeyNorm = family == ModelFamily.Qwen3,
        };
        HuggingFace.ConfigFile.Check(file.Origin, config);
        return config;
    }

    /// <summary>The metadata that describes a shape.</summary>
    public static IEnumerable<KeyValuePair<string, object>> Write(ModelConfig config)
    {
        var architecture = Architecture(config.Family);
        KeyValuePair<string, object> Key(string name, object value) => KeyValuePair.Create($"{architecture}.{name}", value);
        yield return KeyValuePair.Create(ArchitectureKey, (object)architecture);
        yield return Key("vocab_size", (uint)config.VocabularySize);
        yield return Key("context_length", (uint)config.MaxPositions);
        yield return Key("embedding_length", (uint)config.HiddenSize);
        yield return Key("block_count", (uint)config.Layers);
        yield return Key("feed_forward_length", (uint)config.IntermediateSize);
        yield return Key("attention.head_count", (uint)config.Heads);
        yield return Key("attention.head_count_kv", (uint)config.KeyValueHeads);
        yield return Key("attention.key_length", (uint)config.HeadSize);
        yield return Key("attention.value_length", (uint)config.HeadSize);
        yield return Key("attention.layer_norm_rms_epsilon", config.NormEpsilon);
        yield return Key("rope.freq_base", config.RopeTheta);
        yield return Key("rope.dimension_count", (uint)config.HeadSize);
        if (config.SlidingWindow is { } window)
            yield return Key("attention.sliding_window", (uint)window);
        if (config.RopeScaling is { } scaling)
        {
            float[] parameters = [scaling.Factor, scaling.LowFrequencyFactor, scaling.HighFrequencyFactor, scaling.OriginalMaxPositions];
            yield return KeyValuePair.Create(RopeParameters, (object)parameters);
        }
    }

    /// <summary>What each rotary wavelength is multiplied by under Llama 3.1's scaling (transformers, <c>_compute_llama3_parameters</c>): [head ÷ 2].</summary>
    public static float[] Factors(Llama3RopeScaling scaling, float theta, int headSize)
    {
        var longest = scaling.OriginalMaxPositions / (double)scaling.LowFrequencyFactor;
        var shortest = scaling.OriginalMaxPositions / (double)scaling.HighFrequencyFactor;
        var factors = new float[headSize / 2];
        for (var i = 0; i < factors.Length; i++)
        {
            var wavelength = 2 * Math.PI * Math.Pow(theta, 2.0 * i / headSize);
            var smooth = ((scaling.OriginalMaxPositions / wavelength) - scaling.LowFrequencyFactor) / (scaling.HighFrequencyFactor - scaling.LowFrequencyFactor);
            factors[i] = wavelength < shortest ? 1
                : wavelength > longest ? scaling.Factor
                : (float)(1 / (((1 - smooth) / scaling.Factor) + smooth));
        }

        return factors;
    }

    private static string Architecture(ModelFamily family) => family switch
    {
        ModelFamily.Llama or ModelFamily.Mistral => "llama",
        ModelFamily.Qwen2 => "qwen2",
        ModelFamily.Qwen3 => "qwen3",
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, "Unknown family."),
    };

    private static int Vocabulary(GgufFile file, string architecture)
    {
        if (file.TryGet("token_embd.weight", out var embedding))
            return embedding.Rows;
        return file.Metadata.Whole($"{architecture}.vocab_size");
    }

    private static void CheckRotation(GgufFile file, string typeKey, string dimensionsKey, int headSize)
    {
        if (file.Metadata.Text(typeKey) is { } type and not "none")
            throw new CheckpointException($"{file.Origin}: the rope type '{type}' is not supported; the engine knows none and llama3. Serve the model elsewhere and name it by its endpoint.");
        if (file.Metadata.OptionalWhole(dimensionsKey) is { } dimensions && dimensions != headSize)
            throw new CheckpointException($"{file.Origin}: {dimensions} of a head's {headSize} values are turned ({dimensionsKey}); the engine turns whole heads.");
    }

    private static Llama3RopeScaling? Scaling(GgufFile file, float theta, int headSize)
    {
        if (!file.TryGet(RopeFactors, out var stored))
            return null;
        var factors = new float[stored.Columns];
        stored.CopyRow(0, factors);
        var candidate = file.Metadata.Numbers(RopeParameters) is [var factor, var low, var high, var positions]
            ? new Llama3RopeScaling((float)factor, (float)low, (float)high, (int)positions)
            : new Llama3RopeScaling(factors.Length == 0 ? 1 : factors.Max(), PublishedLow, PublishedHigh, PublishedPositions);
        var expected = Factors(candidate, theta, headSize);
        if (expected.Length == factors.Length && expected.Zip(factors).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-4f * pair.First))
            return candidate;
        throw new CheckpointException(
            $"{file.Origin}: the wavelength factors of {RopeFactors} are not Llama 3.1's (factor, 1, 4, 8192), the only ones that the engine knows. Take the model as a Hugging Face folder.");
    }
}
