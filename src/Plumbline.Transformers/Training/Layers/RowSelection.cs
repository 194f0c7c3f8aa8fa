using Plumbline.Transformers.Kernels;

namespace Plumbline.Transformers.Training.Layers;

/// <summary>Gathers some rows of a matrix into a smaller one, and scatters them back.</summary>
internal static unsafe class RowSelection
{
    /// <summary>destination[i] = source[rows[i]].</summary>
    public static void Gather(WorkerTeam team, ReadOnlySpan<int> rows, int width, float* source, float* destination)
    {
        fixed (int* pinned = rows)
        {
            var chosen = pinned;
            RowPartition.ForEachBlock(team, rows.Length, (_, first, end) =>
            {
                for (var i = first; i < end; i++)
                    Row(source, chosen[i], width).CopyTo(Row(destination, i, width));
            });
        }
    }

    /// <summary>destination[rows[i]] = source[i], and zero in all other of <paramref name="count"/> rows. <paramref name="rows"/> ascend.</summary>
    public static void Scatter(WorkerTeam team, ReadOnlySpan<int> rows, int width, float* source, float* destination, int count)
    {
        fixed (int* pinned = rows)
        {
            var chosen = pinned;
            var total = rows.Length;
            RowPartition.ForEachBlock(team, count, (_, first, end) =>
            {
                new Span<float>(destination + ((long)first * width), (end - first) * width).Clear();
                for (var i = LowerBound(chosen, total, first); i < total && chosen[i] < end; i++)
                    Row(source, i, width).CopyTo(Row(destination, chosen[i], width));
            });
        }
    }

    private static int LowerBound(int* ascending, int count, int value)
    {
        var (low, high) = (0, count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (ascending[middle] < value)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private static Span<float> Row(float* matrix, int row, int width) => new(matrix + ((long)row * width), width);
}
