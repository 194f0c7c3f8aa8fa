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

    /// <summary>Where the line ends in the file whose sum does not fit; null where all fit. Nothing is taken from it on.</summary>
    public long? DamagedTo { get; private set; }

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
            take(JournalLine.RecordOf(buffer.AsSpan(at..ends[i])), firstLine + i, Start + at, ends[i] + 1 - at);
            at = ends[i] + 1;
        }
    }

    // Both halves at once, since the sums take most of the time that opening a long journal takes.
    void Check()
    {
        ends.Clear();
        DamagedTo = null;
        if (IsEnd)
            return;

        var middle = held / 2 + buffer.AsSpan(held / 2, held - held / 2).IndexOf((byte)'\n') + 1;
        int? damaged = null;
        int? damagedLater = null;
        AtOnce.Run(() => damaged = Check(0, middle, ends), () => damagedLater = Check(middle, held, laterEnds));
        if (damaged is null)
            ends.AddRange(laterEnds);
        DamagedTo = Start + (damaged ?? damagedLater);
    }

    // Finds the ends of the whole lines in a stretch of the buffer; the result is where the line ends, with its line feed, whose sum does not fit.
    int? Check(int from, int to, List<int> found)
    {
        found.Clear();
        for (var at = from; buffer.AsSpan(at, to - at).IndexOf((byte)'\n') is >= 0 and var length; at += length + 1)
        {
            if (!JournalLine.IsWhole(buffer.AsSpan(at, length)))
                return at + length + 1;
            found.Add(at + length);
        }

        return null;
    }
}
