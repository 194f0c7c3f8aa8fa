using System.Globalization;
using System.Text.Json;
using Plumbline.Cases;
using Plumbline.Files;
using Plumbline.Suites;

namespace Plumbline.Runs;

/// <summary>
/// The folder of a run: <c>plan.json</c>, <c>journal/</c>, and what is derived from them. One process at a time holds it.
/// </summary>
public sealed class RunFolder : IDisposable
{
    /// <summary>The file with what was planned: a folder that has it holds a run.</summary>
    public const string PlanFile = "plan.json";
    const string AsideFile = "plan.cases.tmp";
    const string CasesProperty = "cases";
    const string LockFile = "run.lock";
    const string JournalFolder = "journal";
    const string ResultFile = "audit.json";

    // What .NET reports for a file that somebody else holds: EWOULDBLOCK of Linux, and of macOS and BSD; ERROR_SHARING_VIOLATION and
    // ERROR_LOCK_VIOLATION of Windows.
    static readonly int[] InUse = [11, 35, unchecked((int)0x80070020), unchecked((int)0x80070021)];

    // About a twentieth of a second where the shortest sleep takes a millisecond, and half a second on Windows.
    const int Looks = 60;

    readonly FileStream held;

    RunFolder(string path, FileStream held)
    {
        Path = path;
        this.held = held;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Opens or makes the folder and holds it until disposed.</summary>
    /// <exception cref="RunException">Another process holds it, or it cannot be made.</exception>
    public static RunFolder Open(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunException($"The folder '{path}' cannot be made: {e.Message} Give another one with -o.", e);
        }

        try
        {
            // The operating system gives the lock back when the process ends, however it ends; the empty file may stay.
            return new RunFolder(path, Hold(System.IO.Path.Combine(path, LockFile)));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new RunException($"The folder '{path}' cannot be written: {e.Message} Give another one with -o.", e);
        }
        catch (IOException e) when (!InUse.Contains(e.HResult))
        {
            throw new RunException($"The folder '{path}' cannot be written: {e.Message} A run is held by a file in its folder; copy it to where you may write.", e);
        }
        catch (IOException e)
        {
            throw new RunException($"Another process is running the audit in '{path}'. Wait for it, or give another folder with -o.", e);
        }
    }

    /// <summary>Opens the folder of a run that there is: none is made by looking for one.</summary>
    /// <exception cref="RunException">There is no run, or another process holds it.</exception>
    public static RunFolder OpenStored(string path) => File.Exists(System.IO.Path.Combine(path, PlanFile))
        ? Open(path)
        : throw NoRun(path);

    /// <summary>Whether a process works on the run in a folder now.</summary>
    public static bool IsHeld(string path)
    {
        var file = System.IO.Path.Combine(path, LockFile);
        if (FileKind.Special(file) is not null)
            return false;

        try
        {
            // Shared, so that it is in nobody's way but for this moment, which whoever opens the folder waits for.
            using var look = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return false;
        }
        catch (IOException e) when (InUse.Contains(e.HResult))
        {
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // There is no such file, or none that may be read: nobody can be seen to hold it.
            return false;
        }
    }

    /// <summary>The plan of a run that there is.</summary>
    /// <exception cref="RunException">The plan is gone, damaged, or of another version.</exception>
    public RunPlan RequirePlan() => RequirePlan(Path);

    /// <summary>The same without holding the folder.</summary>
    /// <exception cref="RunException">There is no run, or the plan is damaged or of another version.</exception>
    public static RunPlan RequirePlan(string path) => ReadPlan(path) ?? throw NoRun(path);

    /// <summary>A run as it stands, without holding it: nothing is made, cut off or written, and another process may be working on it.</summary>
    /// <exception cref="RunException">There is no run, or it is damaged or of another version.</exception>
    public static (RunPlan Plan, RunState State) Look(string path)
    {
        var plan = RequirePlan(path);
        var journal = System.IO.Path.Combine(path, JournalFolder);
        return File.Exists(System.IO.Path.Combine(path, ResultFile)) && !(Directory.Exists(journal) && Directory.EnumerateFileSystemEntries(journal).Any())
            ? throw JournalGone(path)
            : (plan, RunJournal.Look(journal, plan));
    }

    /// <summary>The plan in the folder, or null where it holds none yet.</summary>
    /// <exception cref="RunException">The plan is damaged or of another version.</exception>
    public RunPlan? ReadPlan() => ReadPlan(Path);

    /// <summary>The same without holding the folder.</summary>
    internal static RunPlan? ReadPlan(string folder)
    {
        var path = System.IO.Path.Combine(folder, PlanFile);
        if (!File.Exists(path))
            return null;

        try
        {
            var (holds, ids, head, cases) = FindCases(path);
            RunPlan? plan = null;
            try
            {
                return plan = Checked(path, head, holds, cases, ids);
            }
            finally
            {
                if (plan is null)
                    cases.Dispose();
            }
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new RunException($"{path} is no plan that this version can read: {e.Message} Restore it, or give another folder with "
                + "-o.", e);
        }
    }

    /// <summary>Writes the plan; from then on the folder belongs to it. Its cases are taken one at a time.</summary>
    public void WritePlan(RunPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        WritePlan(plan, plan.Cases);
    }

    /// <summary>The same for cases that are made as they are asked for, whatever cases the plan itself holds.</summary>
    internal void WritePlan(RunPlan plan, IEnumerable<AuditCase> cases)
    {
        var head = JsonSerializer.SerializeToUtf8Bytes(plan with { Cases = [], Sum = null }, RunJsonContext.Default.RunPlan);
        WholeFile.Write(System.IO.Path.Combine(Path, PlanFile), stream => PlanSum.Write(stream, head, (summed, open) => WriteCases(summed, open, cases)));
        File.Delete(System.IO.Path.Combine(Path, AsideFile));
    }

    /// <summary>Lays cases aside on the disk, to be had in another order, until the plan is written.</summary>
    internal IReadOnlyList<AuditCase> LayAside(IEnumerable<AuditCase> cases)
    {
        WholeFile.Write(System.IO.Path.Combine(Path, AsideFile), stream => WriteCases(stream, "{\"cases\": []}"u8.ToArray(), cases));
        return JsonListFile.Open(System.IO.Path.Combine(Path, AsideFile), CasesProperty, CaseJsonContext.Default.AuditCase).List;
    }

    /// <summary>Opens what was answered before there was a plan.</summary>
    /// <exception cref="RunException">It is damaged, or of another version, and still needed.</exception>
    internal PreparationJournal OpenPreparation(string toolVersion, TimeProvider time)
    {
        var path = System.IO.Path.Combine(Path, PreparationJournal.FileName);
        try
        {
            return PreparationJournal.Open(path, toolVersion, time);
        }
        catch (RunException) when (ReadPlan() is { } plan && RunJournal.Look(System.IO.Path.Combine(Path, JournalFolder), plan).HasAnswers)
        {
            // What it cost stood in the journal before the first case was asked.
            return PreparationJournal.Unread(path, toolVersion, time);
        }
    }

    /// <summary>Opens the journal of <paramref name="plan"/>.</summary>
    /// <exception cref="RunException">The journal is damaged or gone, or belongs to another plan or version.</exception>
    public RunJournal OpenJournal(RunPlan plan, string toolVersion, TimeProvider time)
    {
        var journal = RunJournal.Open(System.IO.Path.Combine(Path, JournalFolder), plan, toolVersion, time);
        if (!journal.IsNew || !File.Exists(System.IO.Path.Combine(Path, ResultFile)))
            return journal;

        journal.Dispose();
        throw JournalGone(Path);
    }

    /// <inheritdoc/>
    public void Dispose() => held.Dispose();

    // Whoever looks whether the folder is held (IsHeld) is in the way for a moment; whoever works on the run is for longer.
    static FileStream Hold(string file)
    {
        if (FileKind.Special(file) is { } kind)
            throw new RunException($"'{file}' is {kind} in the place of the empty file by which a process holds a run. Take it away, or give another folder with -o.");

        var waits = new SpinWait();
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (InUse.Contains(e.HResult) && waits.Count < Looks)
            {
                waits.SpinOnce();
            }
        }
    }

    static RunException NoRun(string folder) => new($"There is no run in '{folder}'{(Directory.Exists(folder) ? ": it holds no plan.json" : "")}. Give the folder that 'plumb audit -o' wrote.");

    static RunException JournalGone(string folder) => new($"The folder '{folder}' holds a result ({ResultFile}), but the journal with its answers is gone: everything would be asked again. Restore it from a "
        + "copy, or give another folder with -o.");

    // The cases are found by their lines while the sum is taken, and the lines are believed only where it holds.
    static (bool? Holds, List<ulong> Ids, byte[] Head, JsonListElements<AuditCase> Cases) FindCases(string path)
    {
        var ids = new List<ulong>();
        bool? holds = null;
        (byte[] Head, JsonListElements<AuditCase> List)? asWritten = null;
        var isBelieved = false;
        try
        {
            AtOnce.Run(
                () => asWritten = JsonListFile.OpenAsWritten(path, CasesProperty, CaseJsonContext.Default.AuditCase, (place, id) => Take(ids, place, id)),
                () => holds = PlanSum.Holds(path));
            if (isBelieved = holds is true && asWritten is not null)
                return (holds, ids, asWritten!.Value.Head, asWritten.Value.List);
        }
        finally
        {
            if (!isBelieved)
                asWritten?.List.Dispose();
        }

        ids.Clear();
        var (head, list) = JsonListFile.Open(path, CasesProperty, CaseJsonContext.Default.AuditCase, (place, id) => Take(ids, place, id));
        return (holds, ids, head, list);
    }

    static RunPlan Checked(string path, byte[] head, bool? holds, JsonListElements<AuditCase> cases, List<ulong> ids)
    {
        var plan = JsonSerializer.Deserialize(head, RunJsonContext.Default.RunPlan);
        if (plan is not { Format: RunPlan.CurrentFormat })
            throw new RunException($"{path} has the format '{plan?.Format}'; this version reads '{RunPlan.CurrentFormat}'. Open "
                + "the run with the version that wrote it, or give another folder with -o.");
        // Reformatting takes the sum from its place.
        if (holds is false or null && plan.Sum is not null)
            throw new RunException($"{path} was changed after the run was planned: its checksum is not that of its content. The run's answers are to what was planned then. Restore the file from a "
                + "copy, or start the run anew in another folder (with -o).");
        if (holds is null)
            RequireNamesOfContent(path, plan, cases);
        return ids.Count == cases.Count
            ? plan with { Cases = cases, StoredIds = ids.ToArray() }
            : throw new RunException($"{path} holds {cases.Count} cases, but {ids.Count} ids. Restore it, or give another folder with -o.");
    }

    // A plan of an earlier version has no sum, and one whose sum was taken out looks the same: run and cases are named by what they are.
    static void RequireNamesOfContent(string path, RunPlan plan, IEnumerable<AuditCase> cases)
    {
        const string advice = "The run's answers are to what was planned then. Restore the file from a copy, or start the run anew in another folder (with -o).";
        if (plan.RunId != RunPlan.IdOf(plan.Request))
            throw new RunException($"{path} was changed after the run was planned: its runId is not that of its request. {advice}");
        foreach (var planned in cases)
        {
            if (planned.Prompt.Id != SuitePrompt.IdOf(planned.Prompt.Kind, planned.Prompt.Text) || planned.Id != CasePlanner.IdOf(planned))
                throw new RunException($"{path} was changed after the run was planned: case '{planned.Id}' does not hold what its id is the hash of. {advice}");
        }
    }

    static void WriteCases(Stream stream, byte[] head, IEnumerable<AuditCase> cases) => JsonListFile.Write(stream, head, CasesProperty, cases, CaseJsonContext.Default.AuditCase);

    // A case is looked at again where it is not whole in what was read of the file.
    static void Take(List<ulong> ids, int place, ReadOnlySpan<byte> id)
    {
        var number = ulong.Parse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        if (place == ids.Count)
            ids.Add(number);
        else
            ids[place] = number;
    }
}
