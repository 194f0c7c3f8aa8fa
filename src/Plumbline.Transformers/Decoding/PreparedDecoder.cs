using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Kernels;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Decoding;

/// <summary>
/// A decoder's weights ready to run. Matrices stay where they are, in a mapped file or a tensor; only vectors (norms and biases) are
/// copied to F32, a few kilobytes a layer.
/// </summary>
internal sealed class PreparedDecoder : IDisposable
{
    // Long-context models have tables of many megabytes, most of which few conversations reach.
    private const int FirstPositions = 1024;

    private readonly List<Tensor> owned = [];

    /// <param name="weights">The weights, which must stay alive.</param>
    /// <param name="changes">What an adapter adds, by the module's name.</param>
    public PreparedDecoder(DecoderWeights weights, IReadOnlyDictionary<string, LowRankDelta>? changes)
    {
        Config = weights.Config;
        Embedding = weights.Embedding;
        FinalNorm = Copy(weights.FinalNorm);
        Head = new Projection(weights.Head, Bias: null, changes?.GetValueOrDefault("lm_head"));
        Layers = [.. weights.Layers.Select((layer, index) => Prepare(layer, changes, $"model.layers.{index}."))];
        Rotary = NewRotary(FirstPositions);
        MatrixBytes = Head.Weight.Bytes + Layers.Sum(layer => layer.Projections.Sum(projection => projection.Weight.Bytes));
        var changed = Layers.SelectMany(layer => layer.Projections).Append(Head).Where(projection => projection.Delta is not null).ToList();
        WidestRank = changed.Count == 0 ? 0 : changed.Max(projection => projection.Delta!.Down.Rows);
        WidestChange = changed.Count == 0 ? 0 : changed.Max(projection => projection.Outputs);
    }

    public ModelConfig Config { get; }

    public Weight Embedding { get; }

    public IReadOnlyList<PreparedLayer> Layers { get; }

    public Tensor FinalNorm { get; }

    public Projection Head { get; }

    /// <summary>Tables as far as <see cref="ReachTo"/> has been told to go.</summary>
    public Rotary Rotary { get; private set; }

    /// <summary>Bytes of all matrices that one token passes.</summary>
    public long MatrixBytes { get; }

    /// <summary>Largest rank of an adapter's pairs; 0 without one.</summary>
    public int WidestRank { get; }

    /// <summary>Most outputs of a projection that an adapter changes; 0 without one.</summary>
    public int WidestChange { get; }

    /// <summary>Extends the tables to <paramref name="positions"/> positions; not while a pass is running.</summary>
    public void ReachTo(int positions)
    {
        if (positions <= Rotary.Positions)
            return;
        Rotary.Dispose();
        Rotary = NewRotary(Math.Max(positions, 2 * Rotary.Positions));
    }

    public void Dispose()
    {
        Rotary.Dispose();
        foreach (var tensor in owned)
            tensor.Dispose();
    }

    private Rotary NewRotary(int positions) =>
        new(Config.HeadSize, Math.Min(positions, Config.MaxPositions), Config.RopeTheta, Config.RopeScaling);

    private PreparedLayer Prepare(LayerWeights layer, IReadOnlyDictionary<string, LowRankDelta>? changes, string prefix)
    {
        Projection Linear(Weight weight, Weight? bias, string module) =>
            new(weight, CopyIf(bias), changes?.GetValueOrDefault(prefix + module));

        return new PreparedLayer
        {
            AttentionNorm = Copy(layer.AttentionNorm),
            Query = Linear(layer.Query, layer.QueryBias, "self_attn.q_proj"),
            Key = Linear(layer.Key, layer.KeyBias, "self_attn.k_proj"),
            Value = Linear(layer.Value, layer.ValueBias, "self_attn.v_proj"),
            Output = Linear(layer.Output, layer.OutputBias, "self_attn.o_proj"),
            QueryNorm = CopyIf(layer.QueryNorm),
            KeyNorm = CopyIf(layer.KeyNorm),
            MlpNorm = Copy(layer.MlpNorm),
            Gate = Linear(layer.Gate, bias: null, "mlp.gate_proj"),
            Up = Linear(layer.Up, bias: null, "mlp.up_proj"),
            Down = Linear(layer.Down, bias: null, "mlp.down_proj"),
        };
    }

    private Tensor? CopyIf(Weight? weight) => weight is null ? null : Copy(weight);

    private Tensor Copy(Weight weight)
    {
        var copy = weight.ToTensor();
        owned.Add(copy);
        return copy;
    }
}
