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
    private readonly AttentionShape shape;
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
        shape = new AttentionShape(Config.Heads, Config.KeyValueHeads, Config.HeadSize, Config.SlidingWindow);
        attention = new CausalAttention(shape);
        rotation = new Rotation(new Rotary(Config.HeadSize, longest, Config.RopeTheta, Config.RopeScaling));
        norm = new RmsNorm(Config.HiddenSize, Config.NormEpsilon);
        parts = adapter is null ? DecoderParts.Trained(weights) : DecoderParts.Adapted(weights, adapter);
        Refresh();
    }

    public ModelConfig Config { get; }

    /// <summary>What training changes.</summary>
    public ParameterStore Parameters => parts.Store;

    /// <summary>Bytes of activations that the last pass kept.</summary>
    public long ActivationBytes => arena.Used * sizeof(float);

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
        var pass = new PassContext(team, batch, rotation, attention, passKey);
        var (kept, scratch) = Forward(pass);
        var output = scratch.Output;

        var hidden = Config.HiddenSize;
        var lossRows = batch.LossCount;
        var chosen = arena.Take((long)lossRows * hidden);
        var normed = arena.Take((long)lossRows * hidden);
        var inverse = arena.Take(lossRows);
        Gather(batch, output, chosen);
        norm.Forward(team, lossRows, 1, parts.FinalNorm.Value, chosen, hidden, normed, hidden, inverse);

        var head = parts.Head;
        var normedGradient = arena.Take((long)lossRows * hidden);
        var logits = arena.Take((long)head.ChunkRows(lossRows) * head.Vocabulary);
        var loss = head.ForwardBackward(team, batch.Targets, scale, normed, normedGradient, logits);

        var chosenGradient = arena.Take((long)lossRows * hidden);
        new Span<float>(chosenGradient, lossRows * hidden).Clear();
        norm.Backward(
            team, lossRows, 1, parts.FinalNorm.Value, chosen, hidden, inverse, normedGradient, hidden, chosenGradient, hidden, parts.FinalNorm.Gradient,
            scratch.NormPartials);

        // The last layer's output is not needed again: its place takes the gradient.
        Scatter(batch, chosenGradient, output);
        Backward(pass, kept, scratch, output);
        return loss;
    }

    /// <summary>Logits of every token, without dropout: [tokens, vocabulary].</summary>
    public Tensor Logits(PackedBatch batch)
    {
        arena.Reset();
        var (_, scratch) = Forward(new PassContext(team, batch, rotation, attention, Key: null));
        norm.Forward(
            team, batch.Count, 1, parts.FinalNorm.Value, scratch.Output, Config.HiddenSize, scratch.Normed, Config.HiddenSize, arena.Take(batch.Count));
        var logits = new Tensor(batch.Count, Config.VocabularySize);
        parts.Head.Logits(team, batch.Count, scratch.Normed, logits.Pointer);
        return logits;
    }

    /// <summary>Returns Σ −ln p(target) over the batch's loss rows, without dropout; changes nothing.</summary>
    public double Loss(PackedBatch batch)
    {
        arena.Reset();
        var (_, scratch) = Forward(new PassContext(team, batch, rotation, attention, Key: null));
        var (hidden, rows) = (Config.HiddenSize, batch.LossCount);
        Gather(batch, scratch.Output, scratch.Normed);
        norm.Forward(team, rows, 1, parts.FinalNorm.Value, scratch.Normed, hidden, scratch.Normed, hidden, arena.Take(rows));
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

    private (LayerActivations[] Kept, LayerScratch Scratch) Forward(PassContext pass)
    {
        var (rows, layers) = (pass.Batch.Count, parts.Layers);
        var kept = new LayerActivations[layers.Count];
        for (var i = 0; i < kept.Length; i++)
            kept[i] = new LayerActivations(arena, rows, Config.HiddenSize, Config.IntermediateSize, shape, Config.QueryKeyNorm);
        var scratch = new LayerScratch(arena, rows, Config.HiddenSize, Config.IntermediateSize, shape, layers.Max(l => l.ProjectionScratch(rows)));

        parts.Embedding.Forward(team, pass.Batch, kept[0].Input);
        for (var i = 0; i < kept.Length; i++)
            layers[i].Forward(pass, kept[i], scratch, i + 1 < kept.Length ? kept[i + 1].Input : scratch.Output);
        return (kept, scratch);
    }

    private void Backward(PassContext pass, LayerActivations[] kept, LayerScratch scratch, float* dx)
    {
        var lowest = parts.LowestAdaptedLayer;
        for (var i = kept.Length - 1; i >= Math.Max(0, lowest); i--)
            parts.Layers[i].Backward(pass, kept[i], scratch, dx, i == lowest ? parts.Layers[i].Parts.FirstAdapted : LayerStage.Input);
        if (lowest < 0)
            parts.Embedding.Backward(team, pass.Batch, dx);
    }

    private void Gather(PackedBatch batch, float* rows, float* chosen)
    {
        var lossRows = batch.LossRows;
        for (var i = 0; i < lossRows.Length; i++)
            Row(rows, lossRows[i]).CopyTo(Row(chosen, i));
    }

    private void Scatter(PackedBatch batch, float* chosen, float* rows)
    {
        var lossRows = batch.LossRows;
        var next = 0;
        for (var row = 0; row < batch.Count; row++)
        {
            if (next < lossRows.Length && lossRows[next] == row)
                Row(chosen, next++).CopyTo(Row(rows, row));
            else
                Row(rows, row).Clear();
        }
    }

    private Span<float> Row(float* matrix, int row) => new(matrix + ((long)row * Config.HiddenSize), Config.HiddenSize);
}
