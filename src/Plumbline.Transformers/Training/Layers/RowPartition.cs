using Plumbline.Transformers.Kernels;

namespace Plumbline.Transformers.Training.Layers;

/// <summary>Shares rows among a team in blocks whose bounds do not depend on how many threads there are.</summary>
internal static class RowPartition
{
    /// <summary>Rows of a block: large enough to pay for handing it out, small enough to stay in a core's cache.</summary>
    public const int BlockRows = 64;

    public static int Blocks(int rows) => (rows + BlockRows - 1) / BlockRows;

    /// <summary>Calls <paramref name="body"/> with (block, first row, row after the last).</summary>
    public static void ForEachBlock(WorkerTeam team, int rows, Action<int, int, int> body) =>
        team.Run(Blocks(rows), block => body(block, block * BlockRows, Math.Min(rows, (block + 1) * BlockRows)));
}
