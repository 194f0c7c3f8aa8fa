using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Kernels;

/// <summary>Product of activations with a stored weight, for inference.</summary>
internal static unsafe class WeightProduct
{
    // 128 KiB of F32: a quarter of a 512 KiB L2 cache, so that a block stays there while the rows of x pass by.
    private const int BlockFloats = 32 * 1024;

    // Below this many multiply-adds (128 KiB of F32: some 5 µs for one row of x) waking another thread costs more than it brings.
    private const long SerialWork = 1 << 15;

    /// <summary>y[m, <c>w.Rows</c>] ← x[m, <c>w.Columns</c>] · Wᵀ, from whatever dtype the weight is stored in.</summary>
    /// <remarks>
    /// Bitwise batch-invariant: a row of y depends on the same row of x alone, whatever m and the team are. Every dtype gives the bits
    /// that the same weight stored as F32 gives.
    /// </remarks>
    /// <param name="team">Who works.</param>
    /// <param name="w">The weight, [out, in].</param>
    /// <param name="x">Activations.</param>
    /// <param name="ldx">Floats from one row of x to the next.</param>
    /// <param name="m">Rows of x and y.</param>
    /// <param name="y">Result; does not overlap x.</param>
    /// <param name="ldy">Floats from one row of y to the next.</param>
    /// <exception cref="ArgumentOutOfRangeException">m is negative, or a leading dimension is shorter than a row.</exception>
    public static void Apply(WorkerTeam team, Weight w, float* x, int ldx, int m, float* y, int ldy) =>
        ApplyEach(team, [new WeightOutput(w, y, ldy)], x, ldx, m);

    /// <summary>
    /// The same for several weights over the same x, with the team called together once: query, key and value, or gate and up.
    /// </summary>
    /// <param name="team">Who works.</param>
    /// <param name="outputs">Weights, all of as many columns, and where their results go.</param>
    /// <param name="x">Activations.</param>
    /// <param name="ldx">Floats from one row of x to the next.</param>
    /// <param name="m">Rows of x and of each y.</param>
    /// <exception cref="ArgumentOutOfRangeException">m is negative, or a leading dimension is shorter than a row.</exception>
    public static void ApplyEach(WorkerTeam team, ReadOnlySpan<WeightOutput> outputs, float* x, int ldx, int m)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(m);
        foreach (var output in outputs)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(ldx, output.Weight.Columns);
            ArgumentOutOfRangeException.ThrowIfLessThan(output.Stride, output.Weight.Rows, nameof(outputs));
        }

        if (m == 0)
            return;
        var pieces = new Piece[outputs.Length];
        var (parts, work) = (0, 0L);
        for (var i = 0; i < outputs.Length; i++)
        {
            pieces[i] = new Piece(outputs[i], parts, RowsOfBlock(outputs[i].Weight));
            parts += pieces[i].Blocks;
            work += (long)m * outputs[i].Weight.Rows * outputs[i].Weight.Columns;
        }

        if (work > SerialWork)
        {
            team.Run(parts, part => BlockOf(pieces, part).Apply(team.Scratch, x, ldx, m));
            return;
        }

        for (var part = 0; part < parts; part++)
            BlockOf(pieces, part).Apply(team.Scratch, x, ldx, m);
    }

    /// <summary>Rows that one thread takes at a time: a multiple of the kernels' four, and an eighth of a small weight.</summary>
    private static int RowsOfBlock(Weight w)
    {
        var most = BlockFloats / Math.Max(1, w.Columns) / 4 * 4;
        return Math.Max(4, Math.Min(most, (w.Rows + 31) / 32 * 4));
    }

    private static WeightBlock BlockOf(Piece[] pieces, int part)
    {
        var i = pieces.Length - 1;
        while (part < pieces[i].FirstPart)
            i--;
        return pieces[i].Block(part - pieces[i].FirstPart);
    }

    /// <summary>One weight's share of the parts.</summary>
    private readonly record struct Piece(WeightOutput Output, int FirstPart, int RowsOfBlock)
    {
        public int Blocks => (Output.Weight.Rows + RowsOfBlock - 1) / RowsOfBlock;

        public WeightBlock Block(int index) => new(Output, index * RowsOfBlock, Math.Min(RowsOfBlock, Output.Weight.Rows - (index * RowsOfBlock)));
    }
}
