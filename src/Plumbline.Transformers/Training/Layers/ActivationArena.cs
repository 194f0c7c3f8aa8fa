namespace Plumbline.Transformers.Training.Layers;

/// <summary>
/// Hands out scratch for one pass and takes it all back at once. After the largest pass has been seen, a pass allocates nothing.
/// What it hands out is 64-byte aligned and holds leftovers.
/// </summary>
internal sealed unsafe class ActivationArena : IDisposable
{
    private const long AlignmentInValues = 16;
    private readonly List<FlatBuffer> overflow = [];
    private FlatBuffer block = new(0);
    private long used;

    /// <summary>Takes everything back.</summary>
    public void Reset()
    {
        if (overflow.Count > 0)
        {
            foreach (var buffer in overflow)
                buffer.Dispose();
            overflow.Clear();
            block.Dispose();
            block = new FlatBuffer(used);
        }

        used = 0;
    }

    public float* Take(long count)
    {
        var start = used;
        used += (count + AlignmentInValues - 1) / AlignmentInValues * AlignmentInValues;
        if (used <= block.Length)
            return block.Pointer + start;
        var buffer = new FlatBuffer(count);
        overflow.Add(buffer);
        return buffer.Pointer;
    }

    public void Dispose()
    {
        foreach (var buffer in overflow)
            buffer.Dispose();
        block.Dispose();
    }
}
