using Microsoft.Win32.SafeHandles;

namespace Plumbline.Runs;

/// <summary>A stretch of a journal's segment: the lines that are whole in it, their sums checked, and the beginning of the next one.</summary>
sealed class SegmentBlock
{
    const int FirstBuffer = 1 << 20;

    readonly List<int> ends = [];
    readonly List<int> laterEnds = [];
    byte[] buffer = new byte[FirstBuffer];
    int held;
    int firstLine = 1;

    /// <summary>Where the block begins in the file, in bytes.</summary>
    public long Start { get; private set; }

    /// <summary>Whether the file ended before it: there is no further line.</summary>
    public bool IsEnd { get; private set; }

    /// <summary>Whether there is a line whose sum does not fit. Nothing is taken from it on.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>What stands behind the last good line.</summary>
    public ReadOnlySpan<byte> Rest => buffer.AsSpan(Whole, held - Whole);

    /// <summary>How many lines of the file are good up to here.</summary>
    public int GoodLines => firstLine - 1 + ends.Count;

    /// <summary>Up to where the lines of the file are good.</summary>
    public long GoodBytes => Start + Whole;

    int Whole => ends.Count == 0 ? 0 : ends[^1] + 1;

    /// <summary>Reads what comes next in the file, and checks it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="before">What was read before, which may be taken in meanwhile; null at the beginning.</param>
    public void Read(SafeFileHandle file, SegmentBlock? before)
    {
        Span<byte> rest = before is null ? [] : before.buffer.AsSpan(before.Whole, before.held - before.Whole);
        if (buffer.Length < 2 * rest.Length)
            buffer = new byte[2 * rest.Length];
        rest.CopyTo(buffer);
        (Start, firstLine) = before is null ? (0, 1) : (before.GoodBytes, before.GoodLines + 1);
        var read = RandomAccess.Read(file, buffer.AsSpan(rest.Length), Start + rest.Length);
        (held, IsEnd) = (rest.Length + read, read == 0);
        Check();
    }

    /// <summary>Hands the good lines over, in order.</summary>
    public void Take(JournalSegment.Line take)
    {
        var at = 0;
        for (var i = 0; i < ends.Count; i++)
        {
            take(buffer.AsSpan(at..(ends[i] + 1)), firstLine + i, Start + at);
            at = ends[i] + 1;
        }
    }

    // Both halves at once, since the sums take most of the time that opening a long journal takes.
    void Check()
    {
        ends.Clear();
        IsDamaged = false;
        if (IsEnd)
            return;

        var middle = held / 2 + buffer.AsSpan(held / 2, held - held / 2).IndexOf((byte)'\n') + 1;
        var isGood = false;
        var isGoodLater = false;
        AtOnce.Run(() => isGood = Check(0, middle, ends), () => isGoodLater = Check(middle, held, laterEnds));
        if (isGood)
            ends.AddRange(laterEnds);
        IsDamaged = !isGood || !isGoodLater;
    }

    // Finds the ends of the good lines in a stretch of the buffer, up to one whose sum does not fit; the result is whether all fit.
    bool Check(int from, int to, List<int> found)
    {
        found.Clear();
        for (var at = from; buffer.AsSpan(at, to - at).IndexOf((byte)'\n') is >= 0 and var length; at += length + 1)
        {
            if (!JournalLine.IsWhole(buffer.AsSpan(at, length)))
                return false;
            found.Add(at + length);
        }

        return true;
    }
}
