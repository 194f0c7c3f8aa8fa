using System.Text.Json;

namespace Plumbline.Runs;

/// <summary>One file of the journal. Only the last one can end in a torn line: a kill leaves at most one, and opening the run cuts it
/// off.</summary>
static class JournalSegment
{
    /// <summary>Reads the records of a segment in order.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isLast">Whether it is the newest segment, whose torn end is cut off; anywhere else a broken line is damage.</param>
    /// <exception cref="RunException">A line before the end is damaged.</exception>
    public static IEnumerable<JournalRecord> Read(string path, bool isLast)
    {
        using var file = new FileStream(path, FileMode.Open, isLast ? FileAccess.ReadWrite : FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        var line = new List<byte>();
        var number = 0;
        long whole = 0;
        while (ReadLine(file, line))
        {
            number++;
            if (Parse(path, number, line) is not { } record)
            {
                if (!isLast || file.Position < file.Length)
                    throw Damaged(path, number);
                break;
            }

            whole = file.Position;
            yield return record;
        }

        if (whole == file.Length)
            yield break;
        if (!isLast)
            throw Damaged(path, number + 1);

        file.SetLength(whole);
        file.Flush(flushToDisk: true);
    }

    // True where a whole line, ended by a line feed, was read; the rest of the file without one is a torn line.
    static bool ReadLine(FileStream file, List<byte> line)
    {
        line.Clear();
        int next;
        while ((next = file.ReadByte()) >= 0)
        {
            if (next == '\n')
                return true;
            line.Add((byte)next);
        }

        return false;
    }

    static JournalRecord? Parse(string path, int number, List<byte> line)
    {
        try
        {
            return JournalLine.Read(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(line));
        }
        catch (JsonException e)
        {
            // The sum is right, so the line is whole: another version wrote it.
            throw new RunException($"{path}, line {number}: this version does not know the record ({e.Message}). Open the run with the "
                + "version that wrote it.", e);
        }
    }

    static RunException Damaged(string path, int number) =>
        new($"{path}, line {number}: the line is damaged (its sum does not fit). Restore the file from a copy, or start the run anew in "
            + "another folder.");
}
