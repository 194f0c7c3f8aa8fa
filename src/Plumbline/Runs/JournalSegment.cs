using Microsoft.Win32.SafeHandles;

namespace Plumbline.Runs;

/// <summary>One file of the journal. Only the last one can end in a torn line: a kill leaves at most one, and opening the run cuts it
/// off.</summary>
static class JournalSegment
{
    const int FirstBuffer = 1 << 20;

    /// <summary>What is done with a whole line.</summary>
    /// <param name="record">The record's JSON.</param>
    /// <param name="number">The line's number, from 1.</param>
    /// <param name="offset">Its first byte.</param>
    /// <param name="length">Its length, with the line feed.</param>
    public delegate void Line(ReadOnlySpan<byte> record, int number, long offset, int length);

    /// <summary>Reads the lines of a segment in order.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isLast">Whether it is the newest segment, whose torn end is cut off; anywhere else a broken line is damage.</param>
    /// <param name="take">Takes each line.</param>
    /// <exception cref="RunException">A line before the end is damaged.</exception>
    public static void Read(string path, bool isLast, Line take)
    {
        using var file = File.OpenHandle(path, FileMode.Open, isLast ? FileAccess.ReadWrite : FileAccess.Read, FileShare.Read, FileOptions.SequentialScan);
        var (whole, lines) = ReadLines(file, path, isLast, take);
        if (whole == RandomAccess.GetLength(file))
            return;
        if (!isLast)
            throw Damaged(path, lines + 1, isLast);

        RandomAccess.SetLength(file, whole);
        RandomAccess.FlushToDisk(file);
    }

    // How many bytes are whole lines, and how many lines.
    static (long Whole, int Lines) ReadLines(SafeFileHandle file, string path, bool isLast, Line take)
    {
        var buffer = new byte[FirstBuffer];
        long whole = 0;
        var (held, lines) = (0, 0);
        while (RandomAccess.Read(file, buffer.AsSpan(held), whole + held) is > 0 and var read)
        {
            held += read;
            var rest = buffer.AsSpan(0, held);
            while (rest.IndexOf((byte)'\n') is >= 0 and var end)
            {
                if (!JournalLine.TryRecord(rest[..end], out var record))
                {
                    if (!isLast || whole + end + 1 < RandomAccess.GetLength(file))
                        throw Damaged(path, lines + 1, isLast);
                    return (whole, lines);
                }

                take(record, ++lines, whole, end + 1);
                rest = rest[(end + 1)..];
                whole += end + 1;
            }

            rest.CopyTo(buffer);
            held = rest.Length;
            if (held == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
        }

        return (whole, lines);
    }

    static RunException Damaged(string path, int number, bool isLast) =>
        new($"{path}, line {number}: the line is damaged (its sum does not fit). Restore the file from a copy, or start the run anew in another folder."
            + (isLast ? $" Where no copy is left, as after a power cut: take this line and those after it out of the file, and what they held is asked again." : ""));
}
