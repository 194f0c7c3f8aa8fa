using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Kernels;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Decoding;

/// <summary>
/// Runs the decoder over one step's tokens, packed into one [token, hidden] matrix whatever their sequences. Each row goes through the
/// same operations in the same order however many rows there are, so a sequence's logits are the same bits alone, in any batch, and
/// whether its tokens come at once or one by one.
/// </summary>
internal sealed unsafe class DecoderPass(PreparedDecoder decoder, WorkerTeam team) : IDisposable
{
    // Below this many floats a row-wise operation is over before a second thread has woken up.
    private const int WorthSharing = 16 * 1024;

    private readonly ModelConfig config = decoder.Config;
    private readonly DecoderWorkspace work = new(decoder);
    private readonly List<TokenRow> rows = [];

    /// <summary>Advances every slice's sequence by its tokens and writes the wanted logits, slice after slice.</summary>
    /// <param name="slices">At most one slice a sequence.</param>
    /// <param name="logits">[wanted rows, vocabulary].</param>
    public void Run(ReadOnlySpan<SequenceSlice> slices, float* logits)
    {
        Pack(slices);
        work.Reserve(rows.Count);
        for (var row = 0; row < rows.Count; row++)
            decoder.Embedding.CopyRow(rows[row].Token, new Span<float>(work.Stream + ((long)row * config.HiddenSize), config.HiddenSize));
        for (var layer = 0; layer < decoder.Layers.Count; layer++)
        {
            Project(decoder.Layers[layer], layer);
            // Past the last layer's keys and values, only rows whose logits are wanted matter.
            if (layer == decoder.Layers.Count - 1)
                KeepWanted();
            Attend(decoder.Layers[layer], layer);
            Transform(decoder.Layers[layer]);
        }

        Norm(decoder.FinalNorm);
        Apply(decoder.Head, work.Normed, logits);
        foreach (var slice in slices)
            slice.Cache.SetLength(slice.Cache.Length + slice.Tokens.Length);
    }

    public void Dispose() => work.Dispose();

    private void Pack(ReadOnlySpan<SequenceSlice> slices)
    {
        rows.Clear();
        foreach (var slice in slices)
        {
            var tokens = slice.Tokens.Span;
            for (var i = 0; i < tokens.Length; i++)
            {
                var wanted = slice.Lookout == Lookout.All || (slice.Lookout == Lookout.Last && i == tokens.Length - 1);
                rows.Add(new TokenRow(slice.Cache, tokens[i], slice.Cache.Length + i, wanted));
            }

            slice.Cache.Reserve(slice.Cache.Length + tokens.Length);
        }
    }

    private void Project(PreparedLayer layer, int index)
    {
        Norm(layer.AttentionNorm);
        Multiply(work.Normed, config.HiddenSize, [layer.Query.Into(work.Queries), layer.Key.Into(work.Keys), layer.Value.Into(work.Values)]);
        AddRest(layer.Query, work.Normed, work.Queries);
        AddRest(layer.Key, work.Normed, work.Keys);
        AddRest(layer.Value, work.Normed, work.Values);
        ForRows(config.Heads * config.HeadSize, row => Place(layer, index, row));
    }

    /// <summary>Norms and turns a row's query and key, and puts key and value into the cache.</summary>
    private void Place(PreparedLayer layer, int index, int row)
    {
        var position = rows[row].Position;
        var query = work.Queries + ((long)row * layer.Query.Outputs);
        var key = work.Keys + ((long)row * layer.Key.Outputs);
        NormHeads(layer.QueryNorm, query, config.Heads);
        NormHeads(layer.KeyNorm, key, config.KeyValueHeads);
        decoder.Rotary.Apply(query, config.Heads, position);
        decoder.Rotary.Apply(key, config.KeyValueHeads, position);
        VectorKernels.Scale(1f / MathF.Sqrt(config.HeadSize), query, layer.Query.Outputs);
        rows[row].Cache.Store(index, position, key, work.Values + ((long)row * layer.Value.Outputs), config.KeyValueHeads);
    }

    private void NormHeads(Tensor? norm, float* heads, int count)
    {
        if (norm is null)
            return;
        for (var head = 0; head < count; head++)
            VectorKernels.RmsNorm(heads + (head * config.HeadSize), norm.Pointer, config.HeadSize, config.NormEpsilon, heads + (head * config.HeadSize));
    }

    private void KeepWanted()
    {
        var kept = 0;
        for (var row = 0; row < rows.Count; row++)
        {
            if (!rows[row].Wanted)
                continue;
            Move(work.Stream, row, kept, config.HiddenSize);
            Move(work.Queries, row, kept, config.Heads * config.HeadSize);
            rows[kept++] = rows[row];
        }

        rows.RemoveRange(kept, rows.Count - kept);
    }

    private static void Move(float* matrix, int from, int to, int width)
    {
        if (from != to)
            new ReadOnlySpan<float>(matrix + ((long)from * width), width).CopyTo(new Span<float>(matrix + ((long)to * width), width));
    }

    private void Attend(PreparedLayer layer, int index)
    {
        var group = config.Heads / config.KeyValueHeads;
        var seen = rows.Sum(row => (long)row.Position + 1);
        Share(rows.Count * config.KeyValueHeads, seen * config.Heads * config.HeadSize, unit =>
        {
            var (row, head) = Math.DivRem(unit, config.KeyValueHeads);
            var position = rows[row].Position;
            var first = config.SlidingWindow is { } window ? Math.Max(0, position - window + 1) : 0;
            var span = new AttentionSpan(rows[row].Cache, index, head, first, position);
            var offset = ((long)row * config.Heads * config.HeadSize) + (head * group * config.HeadSize);
            using var scratch = team.Scratch.Rent(group * CachedAttention.ScratchFor(position - first + 1));
            CachedAttention.Attend(span, work.Queries + offset, group, scratch.Pointer, work.Mixed + offset);
        });
        Apply(layer.Output, work.Mixed, work.Added);
        AddToStream();
    }

    private void Transform(PreparedLayer layer)
    {
        Norm(layer.MlpNorm);
        Multiply(work.Normed, config.HiddenSize, [layer.Gate.Into(work.Gate), layer.Up.Into(work.Up)]);
        AddRest(layer.Gate, work.Normed, work.Gate);
        AddRest(layer.Up, work.Normed, work.Up);
        var width = config.IntermediateSize;
        ForRows(width, row => VectorKernels.SiluGate(work.Gate + ((long)row * width), work.Up + ((long)row * width), work.Gate + ((long)row * width), width));
        Apply(layer.Down, work.Gate, work.Added);
        AddToStream();
    }

    private void Norm(Tensor norm)
    {
        var width = config.HiddenSize;
        ForRows(width, row =>
            VectorKernels.RmsNorm(work.Stream + ((long)row * width), norm.Pointer, width, config.NormEpsilon, work.Normed + ((long)row * width)));
    }

    private void AddToStream()
    {
        var width = config.HiddenSize;
        ForRows(width, row => VectorKernels.Add(work.Stream + ((long)row * width), work.Added + ((long)row * width), work.Stream + ((long)row * width), width));
    }

    /// <summary>output[row, :] = W · input[row, :] + scale · B · A · input[row, :] + bias.</summary>
    private void Apply(Projection projection, float* input, float* output)
    {
        Multiply(input, projection.Inputs, [projection.Into(output)]);
        AddRest(projection, input, output);
    }

    /// <summary>The weights' part of several projections of the same input at once.</summary>
    private void Multiply(float* input, int width, ReadOnlySpan<WeightOutput> outputs) =>
        WeightProduct.ApplyEach(team, outputs, input, width, rows.Count);

    /// <summary>What an adapter and a bias add.</summary>
    private void AddRest(Projection projection, float* input, float* output)
    {
        var width = projection.Outputs;
        if (projection.Delta is { } delta)
        {
            WeightProduct.Apply(team, delta.Down, input, projection.Inputs, rows.Count, work.Inner, delta.Down.Rows);
            WeightProduct.Apply(team, delta.Up, work.Inner, delta.Down.Rows, rows.Count, work.Change, width);
            ForRows(width, row => VectorKernels.Axpy(delta.Scale, work.Change + ((long)row * width), output + ((long)row * width), width));
        }

        if (projection.Bias is { } bias)
            ForRows(width, row => VectorKernels.Add(output + ((long)row * width), bias.Pointer, output + ((long)row * width), width));
    }

    private void ForRows(int width, Action<int> body) => Share(rows.Count, (long)rows.Count * width, body);

    /// <summary>Calls <paramref name="body"/> with 0 … <paramref name="units"/> − 1, on all threads if the work is worth waking them.</summary>
    private void Share(int units, long cost, Action<int> body)
    {
        if (team.Count == 1 || cost < WorthSharing)
        {
            for (var unit = 0; unit < units; unit++)
                body(unit);
            return;
        }

        var parts = Math.Min(units, team.Count * 2);
        team.Run(parts, part =>
        {
            for (var unit = (int)((long)part * units / parts); unit < (int)((long)(part + 1) * units / parts); unit++)
                body(unit);
        });
    }
}
