namespace Plumbline.Transformers.Checkpoints;

/// <summary>The names and shapes of a decoder's weights: one list for reading, writing, converting and initialising.</summary>
public static class WeightLayout
{
    /// <summary>The token embedding: [vocabulary, hidden].</summary>
    public const string Embedding = "model.embed_tokens.weight";

    /// <summary>The norm before the output head: [hidden].</summary>
    public const string FinalNorm = "model.norm.weight";

    /// <summary>The output head: [vocabulary, hidden]; absent where it is tied to the embedding.</summary>
    public const string Head = "lm_head.weight";

    /// <summary>The name of a weight of one layer, such as <c>self_attn.q_proj.weight</c>.</summary>
    public static string Layer(int layer, string part) => $"model.layers.{layer}.{part}";

    /// <summary>All weights of a decoder of that shape, embedding first, head last.</summary>
    public static IEnumerable<WeightShape> Of(ModelConfig config)
    {
        yield return new(Embedding, config.VocabularySize, config.HiddenSize, Vector: false);
        for (var layer = 0; layer < config.Layers; layer++)
        {
            foreach (var shape in OfLayer(config))
                yield return shape with { Name = Layer(layer, shape.Name) };
        }

        yield return new(FinalNorm, 1, config.HiddenSize, Vector: true);
        if (!config.TiedEmbeddings)
            yield return new(Head, config.VocabularySize, config.HiddenSize, Vector: false);
    }

    private static IEnumerable<WeightShape> OfLayer(ModelConfig config)
    {
        var queries = config.Heads * config.HeadSize;
        var keys = config.KeyValueHeads * config.HeadSize;
        yield return new("input_layernorm.weight", 1, config.HiddenSize, Vector: true);
        yield return new("self_attn.q_proj.weight", queries, config.HiddenSize, Vector: false);
        yield return new("self_attn.k_proj.weight", keys, config.HiddenSize, Vector: false);
        yield return new("self_attn.v_proj.weight", keys, config.HiddenSize, Vector: false);
        yield return new("self_attn.o_proj.weight", config.HiddenSize, queries, Vector: false);
        if (config.AttentionBias)
        {
            yield return new("self_attn.q_proj.bias", 1, queries, Vector: true);
            yield return new("self_attn.k_proj.bias", 1, keys, Vector: true);
            yield return new("self_attn.v_proj.bias", 1, keys, Vector: true);
        }

        if (config.AttentionOutputBias)
            yield return new("self_attn.o_proj.bias", 1, config.HiddenSize, Vector: true);
        if (config.QueryKeyNorm)
        {
            yield return new("self_attn.q_norm.weight", 1, config.HeadSize, Vector: true);
            yield return new("self_attn.k_norm.weight", 1, config.HeadSize, Vector: true);
        }

        yield return new("post_attention_layernorm.weight", 1, config.HiddenSize, Vector: true);
        yield return new("mlp.gate_proj.weight", config.IntermediateSize, config.HiddenSize, Vector: false);
        yield return new("mlp.up_proj.weight", config.IntermediateSize, config.HiddenSize, Vector: false);
        yield return new("mlp.down_proj.weight", config.HiddenSize, config.IntermediateSize, Vector: false);
    }
}
