using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Plumbline.Calls;
using Plumbline.Costs;
using Plumbline.Files;

namespace Plumbline.Runs;

/// <summary>
/// What is answered, and paid for, before there is a plan: <c>prepared.jsonl</c>, written as the journal is (<see cref="GroupCommit"/>). Whoever begins again in
/// the folder asks no answer again that ended well, and has all on the bill. An answer stands under the hash of its question, so one file serves whatever is asked for in the
/// folder until there is a plan; once the run has come to its end, its usage stands in the journal and the file goes.
/// </summary>
sealed class PreparationJournal : IDisposable
{
    /// <summary>The file beside <c>plan.json</c>.</summary>
    public const string FileName = "prepared.jsonl";

    readonly string path;
    readonly GroupCommit commits;
    readonly ConcurrentDictionary<string, PreparedRecord> answers = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, bool> broken = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<Spender, bool> answered = new();
    readonly ConcurrentDictionary<(Spender Spender, string Model), TokenUsage> usage = new();

    // The first two records of each sitting, and the line of the second: as in a segment, time and content are those of one sitting only.
    readonly Dictionary<string, int> beginnings = new(StringComparer.Ordinal);

    // The line of each answer: two calls end at the same time with the same answer to the same question in a copy only.
    readonly Dictionary<string, int> lines = new(StringComparer.Ordinal);
    byte[]? opening;
    string? beginning;

    PreparationJournal(string path, Func<OpenedRecord> opened, TimeProvider time, Func<string, ISegmentFile> create)
    {
        this.path = path;
        commits = new GroupCommit(() => Begin(JournalLine.Write(opened()), create(path)), static _ => { }, (record, _, _) => Take(record), time);
    }

    /// <summary>Tells the file from that of any other run: a hash of its first record. Null where it has none.</summary>
    public string? Beginning => Volatile.Read(ref beginning);

    /// <summary>What all answers took, over all sittings.</summary>
    public IEnumerable<(Spender Spender, string Model, TokenUsage Usage)> Usage => usage.Select(part => (part.Key.Spender, part.Key.Model, part.Value));

    /// <summary>Opens the file, which need not exist; a torn end is cut off. Nothing is made before the first answer.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="toolVersion">The version of Plumbline that writes.</param>
    /// <param name="time">The clock of the disk's delay.</param>
    /// <param name="create">Opens the file behind what it holds; null for one on the disk.</param>
    /// <exception cref="RunException">The file is damaged, no file, or of another version.</exception>
    public static PreparationJournal Open(string path, string toolVersion, TimeProvider time, Func<string, ISegmentFile>? create = null)
    {
        var journal = Unread(path, toolVersion, time, create);
        journal.ReadAll(TornEnd.CutOff);
        return journal;
    }

    /// <summary>Refuses a file that a run was not planned from: what it holds would be billed to it.</summary>
    /// <param name="plan">The run's plan; one of an earlier version does not tell.</param>
    /// <exception cref="RunException">It is another's.</exception>
    public void RequireOf(RunPlan plan)
    {
        if (plan.PreparedBy is { } own && Beginning is { } other && other != own)
            throw new RunException($"{path} belongs to another run: {(own == RunPlan.NotPrepared ? "before this one was planned, nothing was asked" : "it does not begin as the file that this one was planned from")}. "
                + "What it holds would be billed to this run. Take it out of the folder.");
    }

    /// <summary>Looks through the file; nothing is cut off, since another process may be writing there.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="time">A clock that nobody looks at.</param>
    /// <exception cref="RunException">The file is damaged, no file, or of another version.</exception>
    public static void Check(string path, TimeProvider time)
    {
        using var journal = Unread(path, toolVersion: "", time);
        journal.ReadAll(TornEnd.PassedOver);
    }

    /// <summary>The file where nobody needs any more what it holds.</summary>
    /// <inheritdoc cref="Open"/>
    public static PreparationJournal Unread(string path, string toolVersion, TimeProvider time, Func<string, ISegmentFile>? create = null) => new(
        path, () => new OpenedRecord(time.GetUtcNow(), RunPlan.CurrentFormat, RunId: "", toolVersion), time, create ?? (static path => new SegmentFile(path, goesOn: true)));

    /// <summary>The answer to a question; null where there is none that is whole, cut off or withheld.</summary>
    public PreparedRecord? Answer(string question) => answers.GetValueOrDefault(question);

    /// <summary>Whether an answer to the question ended in a way that is not known to end one: it is on the bill, and asked for again.</summary>
    public bool WasBroken(string question) => broken.ContainsKey(question);

    /// <summary>Whether a model answered anything in a role.</summary>
    public bool HasAnswersOf(Spender spender) => answered.ContainsKey(spender);

    /// <summary>Writes an answer down. The task ends when it is with the operating system.</summary>
    /// <exception cref="IOException">The disk is full or gone; what was written before is kept.</exception>
    public Task AppendAsync(PreparedRecord record) => commits.CommitAsync(record, JournalLine.Write(record));

    /// <summary>Takes the file away: the run's journal holds what it cost. One that stays all the same adds nothing to that.</summary>
    public void Delete()
    {
        Dispose();
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The run has come to its end, and its document is written: a file too much is no reason to call it failed.
        }
    }

    /// <summary>Closes the file. A disk that does not keep it is no reason to end: whoever writes a further answer is told, and who writes none has either a
    /// plan, whose journal holds what the answers cost, or another reason to stop, which this would hide.</summary>
    public void Dispose()
    {
        try
        {
            commits.Dispose();
        }
        catch (IOException)
        {
            // See above.
        }
    }

    ISegmentFile Begin(byte[] opened, ISegmentFile file)
    {
        try
        {
            file.Write(opened);
            if (beginning is null)
                Volatile.Write(ref beginning, NameOf(JournalLine.RecordOf(opened.AsSpan()[..^1])));
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    static string NameOf(ReadOnlySpan<byte> beginning) => Convert.ToHexStringLower(SHA256.HashData(beginning))[..16];

    void ReadAll(TornEnd tornEnd)
    {
        if (Directory.Exists(path) || FileKind.Special(path) is not null)
            throw new RunException($"{path} is no file. Take it out of the folder, or give another folder with -o.");
        if (File.Exists(path))
            JournalSegment.Read(path, tornEnd, (line, number, _) => Read(JournalLine.RecordOf(line[..^1]), number));
    }

    void Read(ReadOnlySpan<byte> json, int number)
    {
        try
        {
            var record = JsonSerializer.Deserialize(json, JournalJsonContext.Default.JournalRecord)!;
            if (record is OpenedRecord { Format: not RunPlan.CurrentFormat } other)
                throw new RunException($"{path}, line {number}: its format is '{other.Format}'; this version reads '{RunPlan.CurrentFormat}'. Go on with version {other.ToolVersion}, or give another folder with -o.");
            if (record is not (OpenedRecord or PreparedRecord) || (number == 1 && record is not OpenedRecord))
                throw new RunException($"{path}, line {number}: such a record does not belong there. Restore the file from a copy, or give another folder with -o.");
            RequireNew(record, json, number);
            Take(record);
        }
        catch (JsonException e)
        {
            // The sum is right, so the line is whole: another version wrote it.
            throw new RunException($"{path}, line {number}: this version does not know the record ({e.Message}). Go on with the version that wrote it, or give another folder with -o.", e);
        }
    }

    // What a copy holds would be billed twice.
    void RequireNew(JournalRecord record, ReadOnlySpan<byte> json, int number)
    {
        if (number == 1)
            beginning = NameOf(json);
        if (record is not OpenedRecord && opening is not null && !beginnings.TryAdd(NameOf([.. opening, .. json]), number))
            throw new RunException($"{path}, line {number - 1}: what begins there is a copy of what begins at line {beginnings[NameOf([.. opening, .. json])] - 1}: it has the very same records, of the same time. "
                + "Take the second of the two out of the file, or restore the file from a copy.");
        if (record is PreparedRecord && !lines.TryAdd(NameOf(json), number))
            throw new RunException($"{path}, line {number}: is a copy of line {lines[NameOf(json)]}: the very same answer, of the same time. Take the second of the two out of the file, or restore the file from a copy.");
        opening = record is OpenedRecord ? json.ToArray() : null;
    }

    void Take(JournalRecord record)
    {
        if (record is not PreparedRecord prepared)
            return;

        usage.AddOrUpdate((prepared.Spender, prepared.Model), prepared.Usage, (_, before) => before + prepared.Usage);
        if (AnswerEnds.Of(prepared.FinishReason) == AnswerEnd.Unknown)
            broken[prepared.Question] = true;
        else
            (answers[prepared.Question], answered[prepared.Spender]) = (prepared, true);
    }
}
