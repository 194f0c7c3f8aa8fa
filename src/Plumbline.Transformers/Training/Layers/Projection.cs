using System.Numerics.Tensors;
using Plumbline.Transformers.Kernels;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Training.Layers;

/// <summary>
/// y = x·Wᵀ + b for one or several named projections of the same input, multiplied as one. W is trained, or frozen, or frozen with
/// low-rank adapters: W + scale·B·A (Hu et al., "LoRA", 2021).
/// </summary>
/// <remarks>
/// Without dropout the adapters are folded into W once a step, so the way there and the way back cost what a frozen projection costs, and only
/// the two narrow products that give their gradients come on top. With dropout the adapted path sees another input than W, and is computed
/// on its own.
/// </remarks>
internal sealed unsafe class Projection : IDisposable
{
    private readonly IReadOnlyList<Weight> sources;
    private readonly Parameter? trained;
    private readonly Parameter? trainedBias;
    private readonly IReadOnlyList<AdapterPart> adapters;
    private readonly LoraSettings? lora;
    private readonly FlatBuffer? frozen;
    private readonly FlatBuffer? frozenBias;

    /// <summary>A projection whose weights (and biases) are trained.</summary>
    public Projection(Parameter weight, Parameter? bias)
    {
        sources = [];
        trained = weight;
        trainedBias = bias;
        adapters = [];
        (Outputs, Inputs) = (weight.Rows, weight.Columns);
    }

    /// <summary>A frozen projection of weights that share an input, laid part under part, with adapters on some of them.</summary>
    public Projection(IReadOnlyList<Weight> weights, IReadOnlyList<Weight> biases, IReadOnlyList<AdapterPart> adapters, LoraSettings? lora)
    {
        sources = weights;
        this.adapters = adapters;
        this.lora = lora;
        (Outputs, Inputs) = (weights.Sum(w => w.Rows), weights[0].Columns);
        frozen = new FlatBuffer((long)Outputs * Inputs);
        CopySources();
        if (biases.Count == 0)
            return;
        frozenBias = new FlatBuffer(Outputs);
        var first = 0;
        foreach (var bias in biases)
        {
            bias.CopyRow(0, new Span<float>(frozenBias.Pointer + first, bias.Columns));
            first += bias.Columns;
        }
    }

    public int Inputs { get; }

    public int Outputs { get; }

    public IReadOnlyList<AdapterPart> Adapters => adapters;

    public bool IsAdapted => adapters.Count > 0;

    private bool DropsOut => lora is { Dropout: > 0 };

    private float* Effective => trained is not null ? trained.Value : frozen!.Pointer;

    private float* Bias => trainedBias is not null ? trainedBias.Value : frozenBias is not null ? frozenBias.Pointer : null;

    /// <summary>Folds the adapters as they are now into W. To be called after each change to them.</summary>
    public void Refresh(WorkerTeam team)
    {
        if (!IsAdapted || DropsOut)
            return;
        var parts = adapters.SelectMany(a => Enumerable.Range(0, RowPartition.Blocks(a.Rows)).Select(block => (Adapter: a, Block: block))).ToArray();
        team.Run(parts.Length, i =>
        {
            var (adapter, block) = parts[i];
            var source = sources[IndexOf(adapter.FirstRow)];
            for (var row = block * RowPartition.BlockRows; row < Math.Min(adapter.Rows, (block + 1) * RowPartition.BlockRows); row++)
            {
                var destination = new Span<float>(frozen!.Pointer + ((long)(adapter.FirstRow + row) * Inputs), Inputs);
                source.CopyRow(row, destination);
                for (var r = 0; r < lora!.Rank; r++)
                {
                    var factor = lora.Scale * adapter.B.Value[((long)row * lora.Rank) + r];
                    TensorPrimitives.MultiplyAdd(new ReadOnlySpan<float>(adapter.A.Value + ((long)r * Inputs), Inputs), factor, destination, destination);
                }
            }
        });
    }

    /// <summary>
    /// <paramref name="y"/> [rows, outputs] = x·Wᵀ + b, added to y if <paramref name="accumulate"/>. <paramref name="passKey"/> decides what dropout
    /// leaves out; null: nothing. <paramref name="scratch"/>: room for <see cref="ScratchLength"/> values.
    /// </summary>
    public void Forward(WorkerTeam team, int rows, float* x, float* y, bool accumulate, ulong? passKey, float* scratch)
    {
        if (Bias is not null)
            AddBias(team, rows, y, accumulate);
        MatrixProduct.Multiply(
            team, false, true, rows, Outputs, Inputs, 1f, x, Inputs, Effective, Inputs, accumulate || Bias is not null ? 1f : 0f, y, Outputs);
        if (!DropsOut)
            return;
        foreach (var adapter in adapters)
            AddAdapterOutput(team, rows, x, y, adapter, passKey, scratch);
    }

    /// <summary>Adds the gradients of what is trained, from the input and the gradient for the output.</summary>
    public void WeightGradients(WorkerTeam team, int rows, float* x, float* dy, ulong? passKey, float* scratch)
    {
        if (trained is not null)
            MatrixProduct.Multiply(team, true, false, Outputs, Inputs, rows, 1f, dy, Outputs, x, Inputs, 1f, trained.Gradient, Inputs);
        if (trainedBias is not null)
            ColumnSum.Add(team, rows, Outputs, dy, Outputs, trainedBias.Gradient);
        foreach (var adapter in adapters)
            AddAdapterGradients(team, rows, x, dy, adapter, passKey, scratch);
    }

    /// <summary><paramref name="dx"/> [rows, inputs] = dy·W: the gradient for the input.</summary>
    public void InputGradient(WorkerTeam team, int rows, float* dy, float* dx, ulong? passKey, float* scratch)
    {
        MatrixProduct.Multiply(team, false, false, rows, Inputs, Outputs, 1f, dy, Outputs, Effective, Inputs, 0f, dx, Inputs);
        if (!DropsOut)
            return;
        foreach (var adapter in adapters)
            AddAdapterInputGradient(team, rows, dy, dx, adapter, passKey, scratch);
    }

    /// <summary>Values of scratch that the passes over <paramref name="rows"/> rows need.</summary>
    public long ScratchLength(int rows) => IsAdapted ? AdapterScratch.Length(rows, Inputs, Outputs, lora!.Rank) : 0;

    public void Dispose()
    {
        frozen?.Dispose();
        frozenBias?.Dispose();
    }

    private void CopySources()
    {
        var row = 0L;
        foreach (var source in sources)
        {
            for (var i = 0; i < source.Rows; i++)
                source.CopyRow(i, new Span<float>(frozen!.Pointer + ((row + i) * Inputs), Inputs));
            row += source.Rows;
        }
    }

    private int IndexOf(int firstRow)
    {
        var index = 0;
        for (var row = 0; row < firstRow; index++)
            row += sources[index].Rows;
        return index;
    }

    private void AddBias(WorkerTeam team, int rows, float* y, bool accumulate) =>
        RowPartition.ForEachBlock(team, rows, (_, first, end) =>
        {
            var bias = new ReadOnlySpan<float>(Bias, Outputs);
            for (var row = first; row < end; row++)
            {
                var destination = new Span<float>(y + ((long)row * Outputs), Outputs);
                if (accumulate)
                    TensorPrimitives.Add(destination, bias, destination);
                else
                    bias.CopyTo(destination);
            }
        });

    /// <summary>The input that an adapter sees: x, or in <paramref name="scratch"/> what dropout leaves of it.</summary>
    private float* AdapterInput(WorkerTeam team, int rows, float* x, AdapterPart adapter, ulong? passKey, float* scratch)
    {
        if (!DropsOut || passKey is null)
            return x;
        DropoutMask.For(passKey.Value, adapter.Id, lora!.Dropout).Apply(team, rows, Inputs, x, scratch, accumulate: false);
        return scratch;
    }

    private void AddAdapterGradients(WorkerTeam team, int rows, float* x, float* dy, AdapterPart adapter, ulong? passKey, float* scratch)
    {
        var room = new AdapterScratch(scratch, rows, Inputs, Outputs, lora!.Rank);
        var input = AdapterInput(team, rows, x, adapter, passKey, scratch);
        LowRank.PackTransposed(adapter.A, lora.Scale, room.PackedA);
        LowRank.Pack(adapter.B, lora.Scale, room.PackedB);
        LowRank.Narrow(team, rows, Inputs, input, Inputs, room.PackedA, room.Reduced, room.Rank);
        LowRank.Narrow(team, rows, adapter.Rows, dy + adapter.FirstRow, Outputs, room.PackedB, room.Expanded, room.Rank);
        LowRank.AddGradients(team, rows, room.Expanded, room.Rank, input, Inputs, adapter.A);
        LowRank.AddTransposedGradients(team, rows, room.Reduced, room.Rank, dy + adapter.FirstRow, Outputs, adapter.B, room.Transposed);
    }

    private void AddAdapterOutput(WorkerTeam team, int rows, float* x, float* y, AdapterPart adapter, ulong? passKey, float* scratch)
    {
        var room = new AdapterScratch(scratch, rows, Inputs, Outputs, lora!.Rank);
        var input = AdapterInput(team, rows, x, adapter, passKey, scratch);
        LowRank.PackTransposed(adapter.A, lora.Scale, room.PackedA);
        LowRank.Narrow(team, rows, Inputs, input, Inputs, room.PackedA, room.Reduced, room.Rank);
        MatrixProduct.Multiply(
            team, false, true, rows, adapter.Rows, lora.Rank, 1f, room.Reduced, room.Rank, adapter.B.Value, lora.Rank, 1f, y + adapter.FirstRow, Outputs);
    }

    private void AddAdapterInputGradient(WorkerTeam team, int rows, float* dy, float* dx, AdapterPart adapter, ulong? passKey, float* scratch)
    {
        var room = new AdapterScratch(scratch, rows, Inputs, Outputs, lora!.Rank);
        LowRank.Pack(adapter.B, lora.Scale, room.PackedB);
        LowRank.Narrow(team, rows, adapter.Rows, dy + adapter.FirstRow, Outputs, room.PackedB, room.Expanded, room.Rank);
        MatrixProduct.Multiply(
            team, false, false, rows, Inputs, lora.Rank, 1f, room.Expanded, room.Rank, adapter.A.Value, Inputs, 0f, room.Input, Inputs);
        var mask = passKey is null ? DropoutMask.None : DropoutMask.For(passKey.Value, adapter.Id, lora.Dropout);
        mask.Apply(team, rows, Inputs, room.Input, dx, accumulate: true);
    }
}
