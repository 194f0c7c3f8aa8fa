using Plumbline.Transformers.Kernels;

namespace Plumbline.Transformers.Training.Layers;

/// <summary>
/// Grouped-query causal attention within each sequence of a packed batch, with an optional sliding window. Probabilities are not kept:
/// the way back computes them again from each row's log-sum-exp.
/// After Vaswani et al., 2017; Ainslie et al., "GQA", 2023; the recomputation after Dao et al., "FlashAttention", 2022.
/// </summary>
internal sealed unsafe class CausalAttention(AttentionShape shape) : IDisposable
{
    // A multiple of the register tile. Fewer queries waste less above the diagonal; more make better use of a loaded key.
    private const int BlockQueries = 24;

    private FlatBuffer scratch = new(0);

    /// <summary>
    /// <paramref name="output"/> [tokens, heads × head] = softmax(q·kᵀ/√head)·v from <paramref name="rows"/> [tokens, q | k | v].
    /// <paramref name="logSums"/> [tokens, heads] receives each softmax's log-sum-exp.
    /// </summary>
    public void Forward(WorkerTeam team, PackedBatch batch, float* rows, float* output, float* logSums) =>
        ForEachHead(team, batch, (head, memory) =>
            Forward(new HeadView(shape, head, rows), new HeadScratch(shape, head.Length, memory, BlockQueries), output, logSums));

    /// <summary><paramref name="dRows"/> [tokens, q | k | v] = the gradients for query, key and value.</summary>
    public void Backward(WorkerTeam team, PackedBatch batch, float* rows, float* output, float* logSums, float* dOutput, float* dRows) =>
        ForEachHead(team, batch, (head, memory) =>
            Backward(new HeadView(shape, head, rows), new HeadScratch(shape, head.Length, memory, BlockQueries), output, logSums, dOutput, dRows));

    public void Dispose() => scratch.Dispose();

    private void ForEachHead(WorkerTeam team, PackedBatch batch, Action<SequenceHead, nint> body)
    {
        var lanes = team.Count;
        var perLane = HeadScratch.Length(shape, batch.LongestSequence, BlockQueries);
        if (scratch.Length < lanes * perLane)
        {
            scratch.Dispose();
            scratch = new FlatBuffer(lanes * perLane);
        }

        var memory = scratch.Pointer;
        var (starts, order) = (batch.Starts.ToArray(), batch.LongestFirst);
        var heads = batch.Sequences * shape.KeyValueHeads;
        var next = -1;
        team.Run(lanes, lane =>
        {
            // Heads are taken as they come, the longest first, for balance; what a head's work gives does not depend on who does it.
            for (var item = Interlocked.Increment(ref next); item < heads; item = Interlocked.Increment(ref next))
            {
                var sequence = order[item / shape.KeyValueHeads];
                var head = new SequenceHead(starts[sequence], starts[sequence + 1] - starts[sequence], item % shape.KeyValueHeads);
                body(head, (nint)(memory + (lane * perLane)));
            }
        });
    }

    private void Forward(HeadView view, HeadScratch room, float* output, float* logSums)
    {
        var size = shape.HeadSize;
        view.PackKeys(room.KeysTransposed, room.PaddedLength);
        view.PackValues(room.Values);
        var sums = stackalloc float[BlockQueries];
        for (var head = view.FirstHead; head < view.FirstHead + shape.GroupSize; head++)
        {
            for (var first = 0; first < view.Length; first += BlockQueries)
            {
                var count = Math.Min(BlockQueries, view.Length - first);
                var (firstKey, keys) = KeyRange(first, count);
                var padded = HeadScratch.Pad(keys);
                HeadProduct.Multiply(
                    count, padded, size, view.Query(head, first), view.Stride, 1, room.KeysTransposed + firstKey, room.PaddedLength, room.Scores, padded,
                    accumulate: false);
                for (var i = 0; i < count; i++)
                    ScoreRow.Mask(room.Scores + ((long)i * padded), shape.FirstKey(first + i) - firstKey, first + i + 1 - firstKey, padded);
                for (var i = 0; i < count; i++)
                {
                    var position = first + i;
                    var (sum, maximum) = ScoreRow.Exponentials(
                        room.Scores + ((long)i * padded), shape.FirstKey(position) - firstKey, position + 1 - firstKey, shape.Scale);
                    sums[i] = sum;
                    logSums[((long)(view.FirstRow + position) * shape.Heads) + head] = maximum + MathF.Log(sum);
                }

                var outputs = output + ((long)(view.FirstRow + first) * shape.QueryWidth) + (head * size);
                HeadProduct.Multiply(
                    count, size, keys, room.Scores, padded, 1, room.Values + ((long)firstKey * size), size, outputs, shape.QueryWidth, accumulate: false);
                for (var i = 0; i < count; i++)
                    VectorKernels.Scale(1f / sums[i], outputs + ((long)i * shape.QueryWidth), size);
            }
        }
    }

    private void Backward(HeadView view, HeadScratch room, float* output, float* logSums, float* dOutput, float* dRows)
    {
        var size = shape.HeadSize;
        view.PackKeys(room.KeysTransposed, room.PaddedLength);
        view.PackKeyRows(room.Keys);
        view.PackValuesTransposed(room.ValuesTransposed, room.PaddedLength);
        new Span<float>(room.KeyGradients, view.Length * size).Clear();
        new Span<float>(room.ValueGradients, view.Length * size).Clear();
        for (var head = view.FirstHead; head < view.FirstHead + shape.GroupSize; head++)
        {
            for (var first = 0; first < view.Length; first += BlockQueries)
            {
                var count = Math.Min(BlockQueries, view.Length - first);
                var (firstKey, keys) = KeyRange(first, count);
                var padded = HeadScratch.Pad(keys);
                var query = view.Query(head, first);
                var outputs = output + ((long)(view.FirstRow + first) * shape.QueryWidth) + (head * size);
                var outputGradients = dOutput + ((long)(view.FirstRow + first) * shape.QueryWidth) + (head * size);
                HeadProduct.Multiply(
                    count, padded, size, query, view.Stride, 1, room.KeysTransposed + firstKey, room.PaddedLength, room.Scores, padded,
                    accumulate: false);
                HeadProduct.Multiply(
                    count, padded, size, outputGradients, shape.QueryWidth, 1, room.ValuesTransposed + firstKey, room.PaddedLength, room.ScoreGradients, padded,
                    accumulate: false);
                for (var i = 0; i < count; i++)
                {
                    var (from, end) = (shape.FirstKey(first + i) - firstKey, first + i + 1 - firstKey);
                    ScoreRow.Mask(room.Scores + ((long)i * padded), from, end, padded);
                    ScoreRow.Clear(room.ScoreGradients + ((long)i * padded), from, end, padded);
                }

                for (var i = 0; i < count; i++)
                {
                    var position = first + i;
                    var along = VectorKernels.Dot(outputs + ((long)i * shape.QueryWidth), outputGradients + ((long)i * shape.QueryWidth), size);
                    ScoreRow.Backward(
                        room.Scores + ((long)i * padded), room.ScoreGradients + ((long)i * padded), shape.FirstKey(position) - firstKey, position + 1 - firstKey,
                        shape.Scale, logSums[((long)(view.FirstRow + position) * shape.Heads) + head], along);
                }

                HeadProduct.Multiply(
                    keys, size, count, room.Scores, 1, padded, outputGradients, shape.QueryWidth, room.ValueGradients + ((long)firstKey * size), size,
                    accumulate: true);
                HeadProduct.Multiply(
                    keys, size, count, room.ScoreGradients, 1, padded, query, view.Stride, room.KeyGradients + ((long)firstKey * size), size,
                    accumulate: true);
                HeadProduct.Multiply(
                    count, size, keys, room.ScoreGradients, padded, 1, room.Keys + ((long)firstKey * size), size,
                    dRows + ((long)(view.FirstRow + first) * shape.RowWidth) + (head * size), shape.RowWidth, accumulate: false);
            }
        }

        for (var i = 0; i < view.Length; i++)
        {
            var row = dRows + ((long)(view.FirstRow + i) * shape.RowWidth) + (view.KeyValueHead * size);
            new ReadOnlySpan<float>(room.KeyGradients + ((long)i * size), size).CopyTo(new Span<float>(row + shape.KeyStart, size));
            new ReadOnlySpan<float>(room.ValueGradients + ((long)i * size), size).CopyTo(new Span<float>(row + shape.ValueStart, size));
        }
    }

    /// <summary>The keys that any query of a block sees, from the beginning of a tile on.</summary>
    private (int First, int Count) KeyRange(int firstQuery, int queries)
    {
        var first = shape.FirstKey(firstQuery) / HeadProduct.TileColumns * HeadProduct.TileColumns;
        return (first, firstQuery + queries - first);
    }
}
