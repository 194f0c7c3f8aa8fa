using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;

namespace Plumbline.Runs;

/// <summary>Reads records back from the segments of a journal. A segment is let go when nobody can ask for it any more.</summary>
sealed class JournalText(string folder)
{
    readonly ConcurrentDictionary<int, SafeFileHandle> segments = new();

    /// <summary>A segment's file.</summary>
    public static string PathOf(string folder, int segment) => Path.Combine(folder, $"{segment:D6}.jsonl");

    /// <summary>The record at a place.</summary>
    /// <exception cref="RunException">It is not there any more.</exception>
    public JournalRecord Read(RecordPlace place)
    {
        var line = new byte[place.Length];
        var handle = segments.GetOrAdd(
            place.Segment,
            static (segment, folder) => File.OpenHandle(PathOf(folder, segment), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete),
            folder);
        return RandomAccess.Read(handle, line, place.Offset) == line.Length && JournalLine.Read(line.AsSpan(0, line.Length - 1)) is { } record
            ? record
            : throw new RunException($"{PathOf(folder, place.Segment)} was changed while it was in use: there is no record at byte {place.Offset} any more. "
                + "Restore the file from a copy, or start the run anew in another folder.");
    }
}
