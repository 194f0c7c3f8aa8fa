using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Models;

/// <summary>Puts a decoder together from named weights and takes it apart again; every shape is checked against the config.</summary>
public static class DecoderAssembly
{
    /// <summary>The decoder that <paramref name="config"/> describes, of the weights of <paramref name="source"/> (Hugging Face names).</summary>
    /// <exception cref="CheckpointException">A weight is missing, has another shape, or has a dtype that the engine does not know.</exception>
    public static DecoderWeights Assemble(ModelConfig config, IWeightSource source)
    {
        var byName = WeightLayout.Of(config).ToDictionary(shape => shape.Name, shape => Fetch(source, shape), StringComparer.Ordinal);
        return new DecoderWeights
        {
            Config = config,
            Embedding = byName[WeightLayout.Embedding],
            Layers = [.. Enumerable.Range(0, config.Layers).Select(layer => Layer(byName, layer))],
            FinalNorm = byName[WeightLayout.FinalNorm],
            Head = byName.GetValueOrDefault(WeightLayout.Head, byName[WeightLayout.Embedding]),
        };
    }

    /// <summary>All weights of a decoder with their names as Hugging Face stores them, embedding first, head last.</summary>
    public static IReadOnlyList<StoredWeight> TakeApart(DecoderWeights decoder)
    {
        var weights = new List<Weight> { decoder.Embedding };
        foreach (var layer in decoder.Layers)
        {
            Weight?[] parts =
            [
                layer.AttentionNorm, layer.Query, layer.Key, layer.Value, layer.Output,
                layer.QueryBias, layer.KeyBias, layer.ValueBias, layer.OutputBias, layer.QueryNorm, layer.KeyNorm,
                layer.MlpNorm, layer.Gate, layer.Up, layer.Down,
            ];
            weights.AddRange(parts.OfType<Weight>());
        }

        weights.Add(decoder.FinalNorm);
        if (!decoder.Config.TiedEmbeddings)
            weights.Add(decoder.Head);
        return [.. WeightLayout.Of(decoder.Config).Zip(weights, (shape, weight) => new StoredWeight(shape.Name, weight, shape.Vector))];
    }

    private static Weight Fetch(IWeightSource source, WeightShape shape)
    {
        if (!source.TryGet(shape.Name, out var weight))
        {
            throw new CheckpointException(
                $"{source.Origin} lacks the tensor {shape.Name} of shape {shape.Display} that its config asks for. Copy or download the model again, or check that config and weights belong together.");
        }

        if (weight.Rows != shape.Rows || weight.Columns != shape.Columns)
        {
            throw new CheckpointException(
                $"{source.Origin}: the tensor {shape.Name} has shape [{weight.Rows}, {weight.Columns}]; its config asks for {shape.Display}. Check that config and weights belong together.");
        }

        return weight;
    }

    private static LayerWeights Layer(Dictionary<string, Weight> byName, int layer)
    {
        Weight Part(string part) => byName[WeightLayout.Layer(layer, part)];
        Weight? Optional(string part) => byName.GetValueOrDefault(WeightLayout.Layer(layer, part));
        return new LayerWeights
        {
            AttentionNorm = Part("input_layernorm.weight"),
            Query = Part("self_attn.q_proj.weight"),
            Key = Part("self_attn.k_proj.weight"),
            Value = Part("self_attn.v_proj.weight"),
            Output = Part("self_attn.o_proj.weight"),
            MlpNorm = Part("post_attention_layernorm.weight"),
            Gate = Part("mlp.gate_proj.weight"),
            Up = Part("mlp.up_proj.weight"),
            Down = Part("mlp.down_proj.weight"),
            QueryBias = Optional("self_attn.q_proj.bias"),
            KeyBias = Optional("self_attn.k_proj.bias"),
            ValueBias = Optional("self_attn.v_proj.bias"),
            OutputBias = Optional("self_attn.o_proj.bias"),
            QueryNorm = Optional("self_attn.q_norm.weight"),
            KeyNorm = Optional("self_attn.k_norm.weight"),
        };
    }
}
