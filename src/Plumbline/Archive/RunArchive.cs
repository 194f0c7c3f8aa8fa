using System.Text.Json;
using Plumbline.Audits;
using Plumbline.Files;
using Plumbline.Runs;

namespace Plumbline.Archive;

/// <summary>The runs below a folder, read quickly: of a result only what stands before its cases.</summary>
public static class RunArchive
{
    /// <summary>How deep below the folder runs are looked for.</summary>
    const int Depth = 4;

    const string PlanFile = "plan.json";

    /// <summary>The folders in and below <paramref name="root"/>, four deep, that hold runs. A folder that holds one is not looked into further; one that may
    /// not be read is passed over, and so is one below that holds a result alone: that is a copy, such as a test's.</summary>
    public static IEnumerable<string> Find(string root) => Folders(root, Depth);

    /// <summary>Whether a folder holds a run.</summary>
    public static bool IsRun(string folder) => HasPlanOrResult(folder) || IsPrepared(folder);

    /// <summary>Whether a folder holds a run that was stopped before it had planned its cases, while its attacks were prepared: answers that were paid for, and
    /// nothing to report.</summary>
    public static bool IsPrepared(string folder) => !HasPlanOrResult(folder) && OwnFile.IsSegment(Path.Combine(folder, PreparationJournal.FileName));

    /// <summary>The run in a folder.</summary>
    /// <exception cref="RunException">There is none, its files cannot be read, or what its result says before its cases is not as it was written.</exception>
    public static RunGlance Glance(string folder)
    {
        var result = Path.Combine(folder, AuditFile.Name);
        var plan = Path.Combine(folder, PlanFile);
        if (!IsRun(folder))
            throw new RunException($"The folder '{folder}' holds no run: there is no {PlanFile} in it.");

        try
        {
            var run = File.Exists(result) ? Judged(folder, result) : File.Exists(plan) ? Unfinished(folder, plan) : Prepared(folder);
            return run with { IsInUse = RunFolder.IsHeld(folder) };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or InvalidDataException or FormatException or ArgumentException)
        {
            throw new RunException($"The run in '{folder}' cannot be read: {(File.Exists(result) ? WhyNot(result, e) : $"{plan}: {Describe(e, plan)}")}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunException($"The run in '{folder}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>What is damaged in a run's folder, in sentences: what, where, and what to do. All that it holds is read, as by whoever goes on with the run; nothing is
    /// changed. Null where nothing is, and where the folder holds a result alone.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="time">The clock.</param>
    public static string? WhatIsDamaged(string folder, TimeProvider time)
    {
        try
        {
            if (File.Exists(Path.Combine(folder, PlanFile)))
                RunFolder.Look(folder);
            else if (IsPrepared(folder))
                PreparationJournal.Check(Path.Combine(folder, PreparationJournal.FileName), time);
            return null;
        }
        catch (RunException e)
        {
            return e.Message;
        }
    }

    static IEnumerable<string> Folders(string root, int depth)
    {
        if (IsRun(root) && (depth == Depth || RunSite.HoldsRun(root)))
            return [root];

        return depth == 0 ? [] : Directory.EnumerateDirectories(root, "*", new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None }).SelectMany(folder => Folders(folder, depth - 1));
    }

    // Who reads all of it names the field.
    static string WhyNot(string result, Exception fault)
    {
        try
        {
            AuditFile.Read(result);
            return $"{result}: {Describe(fault, result)}";
        }
        catch (RunException e)
        {
            return e.Message;
        }
    }

    static string Describe(Exception fault, string path) => fault is JsonException json ? JsonFault.Describe(json, path) : fault.Message;

    static RunGlance Judged(string folder, string path)
    {
        var head = AuditFile.ReadHead(path, file => JsonHead.Read(file, path, ["runId", "finishedAt", "baseline", "candidate", "suite", "judge", "counts", "verdict"]));
        var counts = head["counts"].Deserialize(AuditJsonContext.Default.CaseCounts);
        var outcome = head["verdict"].GetProperty("outcome").Deserialize(AuditJsonContext.Default.VerdictOutcome);
        return new RunGlance(
            folder,
            head["runId"].GetString()!,
            IsAtItsEnd(counts, outcome),
            head["finishedAt"].GetDateTimeOffset(),
            Shown(head["baseline"]),
            Shown(head["candidate"]),
            Name(head["suite"]),
            head["judge"].GetProperty("id").GetString(),
            counts,
            outcome,
            head["verdict"].GetProperty("sentence").GetString());
    }

    // Earlier versions wrote a result of a killed run where a judge was asked about it, so a result alone is no end. Only a run that decided early ends with pending cases.
    static bool IsAtItsEnd(CaseCounts? counts, VerdictOutcome outcome) => counts is not { Pending: > 0 } || outcome is not VerdictOutcome.NotEnoughEvidence;

    static RunGlance Unfinished(string folder, string path)
    {
        var head = JsonHead.Read(path, ["runId", "baseline", "candidate", "suite"]);
        return new RunGlance(folder, head["runId"].GetString()!, IsFinished: false, new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero), Shown(head["baseline"]), Shown(head["candidate"]), Name(head["suite"]), null, null, null, null);
    }

    // What is to be asked stands in the plan, which there is none of.
    static RunGlance Prepared(string folder) =>
        new(folder, "", IsFinished: false, new DateTimeOffset(File.GetLastWriteTimeUtc(Path.Combine(folder, PreparationJournal.FileName)), TimeSpan.Zero), "", "", "", null, null, null, null) { IsPreparedOnly = true };

    static bool HasPlanOrResult(string folder) => File.Exists(Path.Combine(folder, PlanFile)) || File.Exists(Path.Combine(folder, AuditFile.Name));

    static string Shown(JsonElement model) => model.TryGetProperty("displayName", out var shown) && shown.GetString() is { } name ? name : Name(model);

    static string Name(JsonElement element) => element.GetProperty("name").GetString()!;
}
