using System.Collections.Concurrent;
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

    PreparationJournal(string path, Func<OpenedRecord> opened, TimeProvider time, Func<string, ISegmentFile> create)
    {
        this.path = path;
        commits = new GroupCommit(() => Begin(opened(), create(path)), static _ => { }, (record, _, _) => Take(record), time);
    }

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
        if (Directory.Exists(path) || FileKind.Special(path) is not null)
            throw new RunException($"{path} is no file. Take it out of the folder, or give another folder with -o.");
        if (File.Exists(path))
            JournalSegment.Read(path, TornEnd.CutOff, (record, number, _, _) => journal.Read(record, number));
        return journal;
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

    static ISegmentFile Begin(OpenedRecord opened, ISegmentFile file)
    {
        try
        {
            file.Write(JournalLine.Write(opened));
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
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
            Take(record);
        }
        catch (JsonException e)
        {
            // The sum is right, so the line is whole: another version wrote it.
            throw new RunException($"{path}, line {number}: this version does not know the record ({e.Message}). Go on with the version that wrote it, or give another folder with -o.", e);
        }
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
