using Plumbline.Transformers.Adapters;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Kernels;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Tensors;
using Plumbline.Transformers.Training.Layers;

namespace Plumbline.Transformers.Training;

/// <summary>
/// A decoder with its way back. Every layer has an explicit Forward and Backward; what the way back needs is kept in one arena, which is
/// used again pass after pass. Trains all weights, or low-rank adapters on frozen ones.
/// </summary>
internal sealed unsafe class TrainableDecoder : IDisposable
{
    private readonly DecoderParts parts;
    private readonly CausalAttention attention;
    private readonly Rotation rotation;
    private readonly RmsNorm norm;
    private readonly ActivationArena arena = new();
    private readonly WorkerTeam team;

    /// <summary>Copies the weights (as F32), so that what is given stays as it is.</summary>
    /// <param name="weights">Where training begins.</param>
    /// <param name="adapter">Train an adapter, from the values that it has; null: train all weights.</param>
    /// <param name="longest">Tokens of the longest sequence.</param>
    /// <param name="team">Who works; belongs to the caller.</param>
    public TrainableDecoder(DecoderWeights weights, LoraAdapter? adapter, int longest, WorkerTeam team)
    {
        this.team = team;
        Config = weights.Config;
        rotation = new Rotation(new Rotary(Config.HeadSize, longest, Config.RopeTheta, Config.RopeScaling));
        norm = new RmsNorm(Config.HiddenSize, Config.NormEpsilon);
        parts = adapter is null ? DecoderParts.Trained(weights) : DecoderParts.Adapted(weights, adapter);
        attention = new CausalAttention(parts.Size.Attention);
        Refresh();
    }

    public ModelConfig Config { get; }

    /// <summary>What training changes.</summary>
    public ParameterStore Parameters => parts.Store;

    /// <summary>To be called after each change to <see cref="Parameters"/>.</summary>
    public void Refresh()
    {
        foreach (var projection in parts.Layers.SelectMany(layer => layer.Parts.Projections))
            projection.Refresh(team);
    }

    /// <summary>
    /// Returns scale × Σ −ln p(target) over the batch's loss rows and adds its gradients to the parameters'. <paramref name="passKey"/> decides the
    /// dropout of this pass.
    /// </summary>
    public double ForwardBackward(PackedBatch batch, float scale, ulong passKey)
    {
        arena.Reset();
        var (hidden, rows) = (Config.HiddenSize, batch.LossCount);
        var pass = new PassContext(team, batch, rotation, attention, passKey);
        var (kept, scratch) = Forward(pass, rows);

        var normed = arena.Take((long)rows * hidden);
        var inverse = arena.Take(rows);
        norm.Forward(team, rows, 1, parts.FinalNorm.Value, scratch.Output, hidden, normed, hidden, inverse);
        var normedGradient = arena.Take((long)rows * hidden);
        var logits = arena.Take((long)parts.Head.ChunkRows(rows) * parts.Head.Vocabulary);
        var loss = parts.Head.ForwardBackward(team, batch.Targets, scale, normed, normedGradient, logits);

        var gradient = arena.Take((long)rows * hidden);
        new Span<float>(gradient, rows * hidden).Clear();
        norm.Backward(
            team, rows, 1, parts.FinalNorm.Value, scratch.Output, hidden, inverse, normedGradient, hidden, gradient, hidden, parts.FinalNorm.Gradient,
            scratch.NormPartials);
        Backward(pass, kept, scratch, gradient);
        return loss;
    }

    /// <summary>Logits of every token, without dropout: [tokens, vocabulary].</summary>
    public Tensor Logits(PackedBatch batch)
    {
        arena.Reset();
        var (hidden, rows) = (Config.HiddenSize, batch.Count);
        var (_, scratch) = Forward(new PassContext(team, batch, rotation, attention, Key: null), rows);
        norm.Forward(team, rows, 1, parts.FinalNorm.Value, scratch.Output, hidden, scratch.Normed, hidden, arena.Take(rows));
        var logits = new Tensor(rows, Config.VocabularySize);
        parts.Head.Logits(team, rows, scratch.Normed, logits.Pointer);
        return logits;
    }

    /// <summary>Returns Σ −ln p(target) over the batch's loss rows, without dropout; changes nothing.</summary>
    public double Loss(PackedBatch batch)
    {
        arena.Reset();
        var (hidden, rows) = (Config.HiddenSize, batch.LossCount);
        var (_, scratch) = Forward(new PassContext(team, batch, rotation, attention, Key: null), rows);
        norm.Forward(team, rows, 1, parts.FinalNorm.Value, scratch.Output, hidden, scratch.Normed, hidden, arena.Take(rows));
        var logits = arena.Take((long)parts.Head.ChunkRows(rows) * parts.Head.Vocabulary);
        return parts.Head.Loss(team, batch.Targets, scratch.Normed, logits);
    }

    /// <summary>A copy of all weights as they are now.</summary>
    public DecoderWeights ExportWeights() => parts.ExportWeights(Config);

    /// <summary>A copy of the adapters as they are now, by module.</summary>
    public IReadOnlyDictionary<string, LoraMatrix> ExportAdapters() => parts.ExportAdapters();

    public void Dispose()
    {
        parts.Dispose();
        attention.Dispose();
        rotation.Dispose();
        arena.Dispose();
    }

    /// <summary>Leaves in scratch.Output the residual stream of all tokens, or of the loss rows if <paramref name="outputRows"/> is fewer.</summary>
    private (LayerActivations[] Kept, LayerScratch Scratch) Forward(PassContext pass, int outputRows)
    {
        var (rows, layers) = (pass.Batch.Count, parts.Layers);
        var kept = new LayerActivations[layers.Count];
        for (var i = 0; i < kept.Length; i++)
            kept[i] = new LayerActivations(arena, parts.Size, rows, i + 1 < kept.Length ? rows : outputRows);
        var scratch = new LayerScratch(arena, parts.Size, rows, layers.Max(l => l.ProjectionScratch(rows)));

        parts.Embedding.Forward(team, pass.Batch, kept[0].Input);
        for (var i = 0; i < kept.Length; i++)
            layers[i].Forward(pass, kept[i], scratch, i + 1 < kept.Length ? kept[i + 1].Input : scratch.Output);
        return (kept, scratch);
    }

    private void Backward(PassContext pass, LayerActivations[] kept, LayerScratch scratch, float* dx)
    {
        var lowest = parts.LowestAdaptedLayer;
        for (var i = kept.Length - 1; i >= Math.Max(0, lowest); i--)
            dx = parts.Layers[i].Backward(pass, kept[i], scratch, dx, i == lowest ? parts.Layers[i].Parts.FirstAdapted : LayerStage.Input);
        if (lowest < 0)
            parts.Embedding.Backward(team, pass.Batch, dx);
    }
}
