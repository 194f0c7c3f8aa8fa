using Plumbline.Transformers.Kernels;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Training.Layers;

/// <summary>
/// The output head and its cross-entropy, there and back in one go: logits exist for some hundred rows at a time, only where a token carries
/// loss, and turn into their own gradient in place.
/// </summary>
internal sealed unsafe class CrossEntropyHead : IDisposable
{
    // 128 MiB: some thousand rows for a small vocabulary, several hundred for one of 50,000.
    private const long LogitBudget = 32L << 20;
    private const int LeastRows = 64;

    private readonly Parameter? trained;
    private readonly Tensor? frozen;
    private float[] losses = [];

    public CrossEntropyHead(Weight weight, Parameter? trained)
    {
        this.trained = trained;
        (Vocabulary, Hidden) = (weight.Rows, weight.Columns);
        if (trained is null)
            frozen = weight.ToTensor();
    }

    public int Vocabulary { get; }

    public int Hidden { get; }

    private float* Values => trained is not null ? trained.Value : frozen!.Pointer;

    /// <summary>Rows whose logits exist at the same time.</summary>
    public int ChunkRows(int rows) => (int)Math.Min(rows, Math.Max(LeastRows, LogitBudget / Vocabulary));

    /// <summary>logits [rows, vocabulary] = h·Wᵀ.</summary>
    public void Logits(WorkerTeam team, int rows, float* hidden, float* logits) =>
        MatrixProduct.Multiply(team, false, true, rows, Vocabulary, Hidden, 1f, hidden, Hidden, Values, Hidden, 0f, logits, Vocabulary);

    /// <summary>
    /// Returns Σ −scale · ln p(target) over the rows, and adds its gradients. <paramref name="dHidden"/> [rows, hidden], unless null, is written.
    /// <paramref name="logits"/>: room for <see cref="ChunkRows"/> × vocabulary values.
    /// </summary>
    public double ForwardBackward(WorkerTeam team, ReadOnlySpan<int> targets, float scale, float* hidden, float* dHidden, float* logits)
    {
        var chunk = ChunkRows(targets.Length);
        var loss = 0.0;
        for (var first = 0; first < targets.Length; first += chunk)
        {
            var count = Math.Min(chunk, targets.Length - first);
            var h = hidden + ((long)first * Hidden);
            Logits(team, count, h, logits);
            loss += TurnIntoGradients(team, targets.Slice(first, count), scale, logits);
            if (trained is not null)
                MatrixProduct.Multiply(team, true, false, Vocabulary, Hidden, count, 1f, logits, Vocabulary, h, Hidden, 1f, trained.Gradient, Hidden);
            if (dHidden is not null)
            {
                MatrixProduct.Multiply(
                    team, false, false, count, Hidden, Vocabulary, 1f, logits, Vocabulary, Values, Hidden, 0f, dHidden + ((long)first * Hidden), Hidden);
            }
        }

        return loss;
    }

    /// <summary>Σ −ln p(target) over the rows.</summary>
    public double Loss(WorkerTeam team, ReadOnlySpan<int> targets, float* hidden, float* logits)
    {
        var chunk = ChunkRows(targets.Length);
        var loss = 0.0;
        for (var first = 0; first < targets.Length; first += chunk)
        {
            var count = Math.Min(chunk, targets.Length - first);
            Logits(team, count, hidden + ((long)first * Hidden), logits);
            loss += TurnIntoGradients(team, targets.Slice(first, count), 1f, logits);
        }

        return loss;
    }

    public void Dispose() => frozen?.Dispose();

    private double TurnIntoGradients(WorkerTeam team, ReadOnlySpan<int> targets, float scale, float* logits)
    {
        if (losses.Length < targets.Length)
            losses = new float[targets.Length];
        fixed (int* pinned = targets)
        {
            var chosen = pinned;
            RowPartition.ForEachBlock(team, targets.Length, (_, first, end) =>
            {
                for (var row = first; row < end; row++)
                    losses[row] = VectorKernels.CrossEntropy(logits + ((long)row * Vocabulary), Vocabulary, chosen[row], scale);
            });
        }

        var sum = 0.0;
        for (var row = 0; row < targets.Length; row++)
            sum += losses[row];
        return sum;
    }
}
