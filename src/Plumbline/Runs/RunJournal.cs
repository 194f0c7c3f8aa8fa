using Plumbline.Files;

namespace Plumbline.Runs;

/// <summary>
/// The append-only journal of a run: a folder of JSONL segments, one for each time the run was opened and something was written. Records are
/// written in groups (<see cref="GroupCommit"/>): a record counts once it is with the operating system, so a killed process loses none that was
/// counted, and the disk is asked to keep it within a second, so a power cut loses about that.
/// </summary>
public sealed class RunJournal : IDisposable
{
    readonly string folder;
    readonly RunPlan plan;
    readonly string toolVersion;
    readonly TimeProvider time;
    readonly int segment;
    readonly Func<string, ISegmentFile> create;
    readonly GroupCommit commits;
    readonly JournalSum lines;

    RunJournal(string folder, RunPlan plan, string toolVersion, TimeProvider time, int segment, RunState state, JournalSum sum, bool wasTorn, Func<string, ISegmentFile> create)
    {
        this.folder = folder;
        this.plan = plan;
        this.toolVersion = toolVersion;
        this.time = time;
        this.segment = segment;
        this.create = create;
        State = state;
        WasTorn = wasTorn;
        lines = sum;
        commits = new GroupCommit(BeginSegment, state.Require, Take, time);
    }

    /// <summary>What all records so far amount to.</summary>
    public RunState State { get; }

    /// <summary>A hash of all records so far: of each line's checksum and length, in order. Two journals with the same one hold the same records.</summary>
    internal string Sum => lines.Current;

    /// <summary>Whether it ended in a torn line, which was cut off when it was opened.</summary>
    internal bool WasTorn { get; }

    /// <summary>Whether nothing was ever written to it.</summary>
    internal bool IsNew => segment == 1;

    /// <summary>Opens the journal: reads all segments, cuts off a torn end, checks that it is this plan's.</summary>
    /// <exception cref="RunException">The journal is damaged, or belongs to another plan or version.</exception>
    internal static RunJournal Open(string folder, RunPlan plan, string toolVersion, TimeProvider time, Func<string, ISegmentFile>? create = null)
    {
        Directory.CreateDirectory(folder);
        var (state, sum, last, wasTorn) = Replay(folder, plan, TornEnd.CutOff);
        return new RunJournal(folder, plan, toolVersion, time, last + 1, state, sum, wasTorn, create ?? (static path => new SegmentFile(path)));
    }

    /// <summary>What a journal holds, without holding it: a torn end is passed over, since another process may be writing there.</summary>
    /// <exception cref="RunException">The journal is damaged, or belongs to another plan or version.</exception>
    internal static RunState Look(string folder, RunPlan plan) =>
        Directory.Exists(folder) ? Replay(folder, plan, TornEnd.PassedOver).State : new RunState(plan, new JournalText(folder));

    static (RunState State, JournalSum Sum, int Last, bool WasTorn) Replay(string folder, RunPlan plan, TornEnd tornEnd)
    {
        var segments = Directory.GetFiles(folder, "*.jsonl").Order(StringComparer.Ordinal).ToList();
        var state = new RunState(plan, new JournalText(folder));
        var sum = new JournalSum();
        var replay = new JournalReplay(plan, state, sum);
        RequireAll(folder, segments);
        var wasTorn = false;
        foreach (var path in segments)
            wasTorn = replay.Read(path, Number(path), path == segments[^1] ? tornEnd : TornEnd.Damage);

        return (state, sum, segments.Count == 0 ? 0 : Number(segments[^1]), wasTorn);
    }

    /// <summary>Appends one record. The task ends when the record is with the operating system and taken into <see cref="State"/>. Safe to call from
    /// several threads; there is no way to call a record back, since what is finished is kept.</summary>
    /// <exception cref="IOException">The disk is full or gone; what was appended before is kept, and the run can be opened
    /// again.</exception>
    /// <exception cref="InvalidOperationException">The record cannot be true together with those before it: nothing was written.</exception>
    /// <exception cref="KeyNotFoundException">It is about a case that was not planned: nothing was written.</exception>
    public Task AppendAsync(JournalRecord record) => commits.CommitAsync(record, JournalLine.Write(record));

    /// <inheritdoc/>
    public void Dispose() => commits.Dispose();

    static int Number(string path) => int.TryParse(Path.GetFileNameWithoutExtension(path), out var number)
        ? number
        : throw new RunException($"{path} is no journal segment: its name is not a number. Take it out of the folder.");

    static void RequireAll(string folder, List<string> segments)
    {
        if (Directory.EnumerateDirectories(folder, "*.jsonl").Order(StringComparer.Ordinal).FirstOrDefault() is { } inPlace)
            throw new RunException($"{inPlace} is a folder, and a journal segment is a file. Take it out of the folder, or restore the segment from a copy.");
        for (var place = 0; place < segments.Count; place++)
        {
            if (FileKind.Special(segments[place]) is { } kind)
                throw new RunException($"{segments[place]} is {kind}, and a journal segment is a file. Take it out of the folder, or restore the segment from a copy.");
            if (Number(segments[place]) != place + 1)
                throw new RunException($"{JournalText.PathOf(folder, place + 1)} is missing, though a later segment is there: what it held would be asked again. Restore it from a copy, "
                    + "or start the run anew in another folder.");
        }
    }

    void Take(JournalRecord record, long offset, ReadOnlySpan<byte> line)
    {
        State.Take(record, new RecordPlace(segment, offset, line.Length));
        lines.Add(line);
    }

    ISegmentFile BeginSegment()
    {
        var opened = new OpenedRecord(time.GetUtcNow(), RunPlan.CurrentFormat, plan.RunId, toolVersion);
        var path = JournalText.PathOf(folder, segment);
        var begun = create(path);
        try
        {
            var line = JournalLine.Write(opened);
            begun.Write(line);
            State.Began(opened.At);
            lines.Add(line);
            return begun;
        }
        catch
        {
            begun.Dispose();
            TakeAway(path);
            throw;
        }
    }

    // Nothing stands in it that anybody had counted.
    static void TakeAway(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Why it could not be begun is what is told; what is left of it is a torn end at the next start.
        }
    }
}
