using Microsoft.Win32.SafeHandles;

namespace Plumbline.Runs;

/// <summary>
/// One file of the journal. Only the last one can end in a torn line, one without its line feed: a kill, a full disk and most power cuts leave a part of what was being
/// written, or zeros, and opening the run cuts that off. A line that has its line feed was whole once: what does not fit its sum now was changed.
/// </summary>
static class JournalSegment
{
    /// <summary>What is done with a whole line.</summary>
    /// <param name="line">The line, with its line feed.</param>
    /// <param name="number">The line's number, from 1.</param>
    /// <param name="offset">Its first byte.</param>
    public delegate void Line(ReadOnlySpan<byte> line, int number, long offset);

    /// <summary>Reads the lines of a segment in order.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tornEnd">What a line without its line feed at its end is; any other broken line is damage.</param>
    /// <param name="take">Takes each line.</param>
    /// <returns>Whether a torn end was cut off.</returns>
    /// <exception cref="RunException">A line is damaged.</exception>
    public static bool Read(string path, TornEnd tornEnd, Line take)
    {
        var (access, share) = tornEnd switch
        {
            TornEnd.CutOff => (FileAccess.ReadWrite, FileShare.Read),
            TornEnd.PassedOver => (FileAccess.Read, FileShare.ReadWrite),
            _ => (FileAccess.Read, FileShare.Read),
        };
        using var file = File.OpenHandle(path, FileMode.Open, access, share, FileOptions.SequentialScan);
        var (whole, lines) = ReadLines(file, path, tornEnd, take);
        if (whole == RandomAccess.GetLength(file) || tornEnd == TornEnd.PassedOver)
            return false;
        if (tornEnd == TornEnd.Damage)
            throw Damaged(path, lines + 1, isLast: false);

        RandomAccess.SetLength(file, whole);
        RandomAccess.FlushToDisk(file);
        return true;
    }

    // How many bytes are whole lines, and how many lines. While one block is taken in, the next is read and its sums are checked.
    static (long Whole, int Lines) ReadLines(SafeFileHandle file, string path, TornEnd tornEnd, Line take)
    {
        var (block, next) = (new SegmentBlock(), new SegmentBlock());
        block.Read(file, before: null);
        while (!block.IsEnd && !block.IsDamaged)
        {
            var (now, then) = (block, next);
            AtOnce.Run(() => now.Take(take), () => then.Read(file, now));
            (block, next) = (then, now);
        }

        block.Take(take);
        // A line that lacks nothing but its line feed, and has something else in its place, was not cut; a zero is what was never written.
        return block.IsDamaged || (block.Rest is [.. var line, not 0] && JournalLine.IsWhole(line))
            ? throw Damaged(path, block.GoodLines + 1, tornEnd != TornEnd.Damage)
            : (block.GoodBytes, block.GoodLines);
    }

    static RunException Damaged(string path, int number, bool isLast) =>
        new($"{path}, line {number}: the line is damaged (its sum does not fit). Restore the file from a copy, or start the run anew in another folder."
            + (isLast ? $" Where no copy is left, as after a power cut: take this line and those after it out of the file, and what they held is asked again." : ""));
}
