using Plumbline.Transformers.Kernels;

namespace Plumbline.Transformers.Training.Layers;

/// <summary>
/// One pre-norm decoder layer: x + attention(norm(x)), then + mlp(norm(·)). Llama's wiring; Qwen2 has biases on query, key and value, Qwen3 a norm
/// on each head's query and key.
/// </summary>
internal sealed unsafe class DecoderLayer(LayerParts parts, LayerSize size) : IDisposable
{
    private readonly AttentionShape shape = size.Attention;
    private readonly int hidden = size.Hidden;
    private readonly RmsNorm norm = new(size.Hidden, size.NormEpsilon);
    private readonly RmsNorm headNorm = new(size.Attention.HeadSize, size.NormEpsilon);
    private readonly SiluGate gate = new(size.Intermediate);

    public LayerParts Parts => parts;

    /// <summary>Values of scratch that its projections need.</summary>
    public long ProjectionScratch(int rows) => parts.Projections.Max(p => p.ScratchLength(rows));

    /// <summary>From kept.Input to <paramref name="output"/> [rows after attention, hidden].</summary>
    public void Forward(PassContext pass, LayerActivations kept, LayerScratch scratch, float* output)
    {
        ForwardAttention(pass, kept, scratch);
        ForwardMlp(pass, kept, scratch, output);
    }

    /// <summary>
    /// <paramref name="dx"/> [rows after attention, hidden] comes as the gradient for the output. If <paramref name="end"/> is
    /// <see cref="LayerStage.Input"/>, returns the one for the input [rows, hidden], in dx's place where both have as many rows; otherwise the way
    /// back ends at that stage.
    /// </summary>
    public float* Backward(PassContext pass, LayerActivations kept, LayerScratch scratch, float* dx, LayerStage end) =>
        BackwardMlp(pass, kept, scratch, dx, end) ? BackwardAttention(pass, kept, scratch, dx, end) : dx;

    public void Dispose() => parts.Dispose();

    private void ForwardAttention(PassContext pass, LayerActivations kept, LayerScratch scratch)
    {
        var (team, rows) = (pass.Team, pass.Batch.Count);
        norm.Forward(team, rows, 1, parts.AttentionNorm.Value, kept.Input, hidden, scratch.Normed, hidden, kept.InputInverse);
        parts.QueryKeyValue.Forward(team, rows, scratch.Normed, kept.Rows, accumulate: false, pass.Key, scratch.Projection);
        NormQueryAndKey(pass, kept);
        pass.Rotation.Apply(team, pass.Batch, shape.Heads + shape.KeyValueHeads, kept.Rows, shape.RowWidth, inverse: false);
        pass.Attention.Forward(team, pass.Batch, kept.Rows, kept.Attended, kept.LogSums);

        if (kept.ChosenAttended != kept.Attended)
        {
            RowSelection.Gather(team, pass.Batch.LossRows, shape.QueryWidth, kept.Attended, kept.ChosenAttended);
            RowSelection.Gather(team, pass.Batch.LossRows, hidden, kept.Input, kept.Middle);
        }
        else
        {
            Copy(team, rows, kept.Input, kept.Middle);
        }

        parts.Output.Forward(team, kept.RowsAfterAttention, kept.ChosenAttended, kept.Middle, accumulate: true, pass.Key, scratch.Projection);
    }

    private void ForwardMlp(PassContext pass, LayerActivations kept, LayerScratch scratch, float* output)
    {
        var (team, rows) = (pass.Team, kept.RowsAfterAttention);
        norm.Forward(team, rows, 1, parts.MlpNorm.Value, kept.Middle, hidden, scratch.Normed, hidden, kept.MiddleInverse);
        parts.GateUp.Forward(team, rows, scratch.Normed, kept.GateUp, accumulate: false, pass.Key, scratch.Projection);
        gate.Forward(team, rows, kept.GateUp, scratch.Gated);
        Copy(team, rows, kept.Middle, output);
        parts.Down.Forward(team, rows, scratch.Gated, output, accumulate: true, pass.Key, scratch.Projection);
    }

    private bool BackwardMlp(PassContext pass, LayerActivations kept, LayerScratch scratch, float* dx, LayerStage end)
    {
        var (team, rows) = (pass.Team, kept.RowsAfterAttention);
        parts.Down.InputGradient(team, rows, dx, scratch.Gated, pass.Key, scratch.Projection);
        gate.Backward(team, rows, kept.GateUp, scratch.Gated);
        parts.Down.WeightGradients(team, rows, scratch.Gated, dx, pass.Key, scratch.Projection);
        if (end == LayerStage.Down)
            return false;

        norm.Forward(team, rows, 1, parts.MlpNorm.Value, kept.Middle, hidden, scratch.Normed, hidden, kept.MiddleInverse);
        parts.GateUp.WeightGradients(team, rows, scratch.Normed, kept.GateUp, pass.Key, scratch.Projection);
        if (end == LayerStage.GateUp)
            return false;

        parts.GateUp.InputGradient(team, rows, kept.GateUp, scratch.Normed, pass.Key, scratch.Projection);
        norm.Backward(
            team, rows, 1, parts.MlpNorm.Value, kept.Middle, hidden, kept.MiddleInverse, scratch.Normed, hidden, dx, hidden,
            parts.MlpNorm.Gradient, scratch.NormPartials);
        return true;
    }

    private float* BackwardAttention(PassContext pass, LayerActivations kept, LayerScratch scratch, float* dx, LayerStage end)
    {
        var (team, rows) = (pass.Team, pass.Batch.Count);
        parts.Output.WeightGradients(team, kept.RowsAfterAttention, kept.ChosenAttended, dx, pass.Key, scratch.Projection);
        if (end == LayerStage.AttentionOutput)
            return dx;

        if (kept.ChosenAttended != kept.Attended)
        {
            // The forward values are no longer needed: their place takes the gradients until they are spread over all rows.
            parts.Output.InputGradient(team, kept.RowsAfterAttention, dx, kept.ChosenAttended, pass.Key, scratch.Projection);
            RowSelection.Scatter(team, pass.Batch.LossRows, shape.QueryWidth, kept.ChosenAttended, scratch.AttendedGradient, rows);
            RowSelection.Scatter(team, pass.Batch.LossRows, hidden, dx, scratch.Spread, rows);
            dx = scratch.Spread;
        }
        else
        {
            parts.Output.InputGradient(team, rows, dx, scratch.AttendedGradient, pass.Key, scratch.Projection);
        }

        pass.Attention.Backward(team, pass.Batch, kept.Rows, kept.Attended, kept.LogSums, scratch.AttendedGradient, scratch.RowGradient);
        pass.Rotation.Apply(team, pass.Batch, shape.Heads + shape.KeyValueHeads, scratch.RowGradient, shape.RowWidth, inverse: true);
        UnnormQueryAndKey(pass, kept, scratch);
        norm.Forward(team, rows, 1, parts.AttentionNorm.Value, kept.Input, hidden, scratch.Normed, hidden, kept.InputInverse);
        parts.QueryKeyValue.WeightGradients(team, rows, scratch.Normed, scratch.RowGradient, pass.Key, scratch.Projection);
        if (end == LayerStage.QueryKeyValue)
            return dx;

        parts.QueryKeyValue.InputGradient(team, rows, scratch.RowGradient, scratch.Normed, pass.Key, scratch.Projection);
        norm.Backward(
            team, rows, 1, parts.AttentionNorm.Value, kept.Input, hidden, kept.InputInverse, scratch.Normed, hidden, dx, hidden,
            parts.AttentionNorm.Gradient, scratch.NormPartials);
        return dx;
    }

    private void NormQueryAndKey(PassContext pass, LayerActivations kept)
    {
        if (parts.QueryNorm is null || parts.KeyNorm is null)
            return;
        var (team, rows, width) = (pass.Team, pass.Batch.Count, shape.RowWidth);
        var rawWidth = shape.QueryWidth + shape.KeyWidth;
        RowPartition.ForEachBlock(team, rows, (_, first, last) =>
        {
            for (var row = first; row < last; row++)
                new ReadOnlySpan<float>(kept.Rows + ((long)row * width), rawWidth).CopyTo(new Span<float>(kept.Raw + ((long)row * rawWidth), rawWidth));
        });
        headNorm.Forward(team, rows, shape.Heads, parts.QueryNorm.Value, kept.Raw, rawWidth, kept.Rows, width, kept.QueryInverse);
        headNorm.Forward(
            team, rows, shape.KeyValueHeads, parts.KeyNorm.Value, kept.Raw + shape.KeyStart, rawWidth, kept.Rows + shape.KeyStart, width, kept.KeyInverse);
    }

    private void UnnormQueryAndKey(PassContext pass, LayerActivations kept, LayerScratch scratch)
    {
        if (parts.QueryNorm is null || parts.KeyNorm is null)
            return;
        var (team, rows, width) = (pass.Team, pass.Batch.Count, shape.RowWidth);
        var rawWidth = shape.QueryWidth + shape.KeyWidth;

        // The rotated query and key are no longer needed: their place takes the gradients, which are then turned back.
        RowPartition.ForEachBlock(team, rows, (_, first, last) =>
        {
            for (var row = first; row < last; row++)
            {
                var gradient = new Span<float>(scratch.RowGradient + ((long)row * width), rawWidth);
                gradient.CopyTo(new Span<float>(kept.Rows + ((long)row * width), rawWidth));
                gradient.Clear();
            }
        });
        headNorm.Backward(
            team, rows, shape.Heads, parts.QueryNorm.Value, kept.Raw, rawWidth, kept.QueryInverse, kept.Rows, width, scratch.RowGradient, width,
            parts.QueryNorm.Gradient, scratch.NormPartials);
        headNorm.Backward(
            team, rows, shape.KeyValueHeads, parts.KeyNorm.Value, kept.Raw + shape.KeyStart, rawWidth, kept.KeyInverse, kept.Rows + shape.KeyStart, width,
            scratch.RowGradient + shape.KeyStart, width, parts.KeyNorm.Gradient, scratch.NormPartials);
    }

    private void Copy(WorkerTeam team, int rows, float* source, float* destination) =>
        RowPartition.ForEachBlock(team, rows, (_, first, last) =>
        {
            var count = (last - first) * hidden;
            new ReadOnlySpan<float>(source + ((long)first * hidden), count).CopyTo(new Span<float>(destination + ((long)first * hidden), count));
        });
}
