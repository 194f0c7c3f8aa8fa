using Microsoft.Win32.SafeHandles;

namespace Plumbline.Runs;

/// <summary>A stretch of a journal's segment: the lines that are whole in it, their sums checked, and the beginning of the next one.</summary>
sealed class SegmentBlock
{
    const int FirstBuffer = 1 << 20;

    readonly List<int> ends = [];
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
        (held, IsEnd, DamagedTo) = (rest.Length + read, read == 0, null);
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

    void Check()
    {
        ends.Clear();
        var at = 0;
        while (!IsEnd && buffer.AsSpan(at, held - at).IndexOf((byte)'\n') is >= 0 and var length)
        {
            if (!JournalLine.IsWhole(buffer.AsSpan(at, length)))
            {
                DamagedTo = Start + at + length + 1;
                return;
            }

            ends.Add(at + length);
            at += length + 1;
        }
    }
}
