using System.Runtime.CompilerServices;
using Plumbline.Transformers.Kernels;

namespace Plumbline.Transformers.Training.Layers;

/// <summary>
/// Which values dropout leaves out: a pure function of seed, pass, module, row and column, so it need not be stored for the way back, does not
/// depend on the number of threads, and comes out the same after a resume.
/// </summary>
internal readonly struct DropoutMask(ulong key, float probability)
{
    private readonly uint threshold = (uint)Math.Min(uint.MaxValue, probability * 4294967296.0);
    private readonly float kept = 1f / (1f - probability);

    /// <summary>Leaves nothing out.</summary>
    public static DropoutMask None => new(0, 0);

    /// <summary>The mask of one module in one pass.</summary>
    public static DropoutMask For(ulong passKey, int module, float probability) =>
        new(SplitMix.Mix(passKey + (0x9E3779B97F4A7C15UL * (uint)(module + 1))), probability);

    /// <summary>destination = source ⊙ mask ÷ (1 − probability), or += if <paramref name="accumulate"/>.</summary>
    public unsafe void Apply(WorkerTeam team, int rows, int columns, float* source, float* destination, bool accumulate)
    {
        var mask = this;
        RowPartition.ForEachBlock(team, rows, (_, first, end) =>
        {
            for (var row = first; row < end; row++)
                mask.ApplyRow(row, columns, source + ((long)row * columns), destination + ((long)row * columns), accumulate);
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void ApplyRow(int row, int columns, float* source, float* destination, bool accumulate)
    {
        var rowKey = key + ((ulong)row << 32);
        for (var column = 0; column < columns; column++)
        {
            var value = (uint)SplitMix.Mix(rowKey + (uint)column) >= threshold ? source[column] * kept : 0f;
            destination[column] = accumulate ? destination[column] + value : value;
        }
    }
}
