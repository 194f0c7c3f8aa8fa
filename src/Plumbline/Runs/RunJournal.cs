namespace Plumbline.Runs;

/// <summary>
/// The append-only journal of a run: a folder of JSONL segments, one for each time the run was opened and something was written.
/// Each record is handed to the operating system as soon as it is appended, so a killed process loses none; the disk is asked to
/// keep them once a second and at the end, so a power cut loses about a second.
/// </summary>
public sealed class RunJournal : IDisposable
{
    static readonly TimeSpan BetweenFlushes = TimeSpan.FromSeconds(1);

    readonly Lock gate = new();
    readonly string folder;
    readonly RunPlan plan;
    readonly string toolVersion;
    readonly TimeProvider time;
    readonly int segment;
    FileStream? file;
    long flushedAt;
    bool isBroken;

    RunJournal(string folder, RunPlan plan, string toolVersion, TimeProvider time, int segment, RunState state)
    {
        this.folder = folder;
        this.plan = plan;
        this.toolVersion = toolVersion;
        this.time = time;
        this.segment = segment;
        State = state;
    }

    /// <summary>What all records so far amount to.</summary>
    public RunState State { get; }

    /// <summary>Opens the journal: reads all segments, cuts off a torn end, checks that it is this plan's.</summary>
    /// <exception cref="RunException">The journal is damaged, or belongs to another plan or version.</exception>
    internal static RunJournal Open(string folder, RunPlan plan, string toolVersion, TimeProvider time)
    {
        Directory.CreateDirectory(folder);
        var segments = Directory.GetFiles(folder, "*.jsonl").Order(StringComparer.Ordinal).ToList();
        var state = new RunState(plan);
        foreach (var path in segments)
        {
            var records = JournalSegment.Read(path, isLast: path == segments[^1]);
            foreach (var (index, record) in records.Index())
                Replay(state, plan, record, index, path);
        }

        var last = segments.Count == 0 ? 0 : Number(segments[^1]);
        return new RunJournal(folder, plan, toolVersion, time, last + 1, state);
    }

    /// <summary>Appends one record and takes it into <see cref="State"/>. Safe to call from several threads.</summary>
    /// <exception cref="IOException">The disk is full or gone; what was appended before is kept, and the run can be opened
    /// again.</exception>
    public void Append(JournalRecord record)
    {
        var line = JournalLine.Write(record);
        lock (gate)
        {
            // After a failed write the segment may end in half a line; anything behind it would turn a torn end into damage.
            if (isBroken)
                throw new IOException($"The journal in '{folder}' could not be written before; nothing more is appended to it. Make "
                    + "room, and run the same command again.");

            isBroken = true;
            file ??= StartSegment();
            file.Write(line);
            file.Flush(flushToDisk: IsFlushDue());
            isBroken = false;
            State.Take(record);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            if (file is null)
                return;

            file.Flush(flushToDisk: true);
            file.Dispose();
            file = null;
        }
    }

    static void Replay(RunState state, RunPlan plan, JournalRecord record, int index, string path)
    {
        var opened = record as OpenedRecord;
        if (index == 0 != opened is not null)
            throw new RunException($"{path}, line {index + 1}: a segment starts with one 'opened' record, and only there. Restore the "
                + "file from a copy, or start anew in another folder.");
        if (opened is not null && opened.Format != RunPlan.CurrentFormat)
            throw new RunException($"{path} has the format '{opened.Format}'; this version reads '{RunPlan.CurrentFormat}'. Open the "
                + $"run with version {opened.ToolVersion}.");
        if (opened is not null && opened.RunId != plan.RunId)
            throw new RunException($"{path} belongs to another run ({opened.RunId[..12]}) than plan.json ({plan.RunId[..12]}). Do not "
                + "mix the files of two runs.");

        try
        {
            state.Take(record);
        }
        catch (KeyNotFoundException e)
        {
            throw new RunException($"{path}, line {index + 1}: {e.Message} Do not mix the files of two runs.", e);
        }
    }

    static int Number(string path) => int.TryParse(Path.GetFileNameWithoutExtension(path), out var number)
        ? number
        : throw new RunException($"{path} is no journal segment: its name is not a number. Take it out of the folder.");

    FileStream StartSegment()
    {
        var path = Path.Combine(folder, $"{segment:D6}.jsonl");
        var started = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        try
        {
            flushedAt = time.GetTimestamp();
            var opened = new OpenedRecord(time.GetUtcNow(), RunPlan.CurrentFormat, plan.RunId, toolVersion);
            started.Write(JournalLine.Write(opened));
            State.Take(opened);
            return started;
        }
        catch
        {
            started.Dispose();
            throw;
        }
    }

    bool IsFlushDue()
    {
        if (time.GetElapsedTime(flushedAt) < BetweenFlushes)
            return false;

        flushedAt = time.GetTimestamp();
        return true;
    }
}
