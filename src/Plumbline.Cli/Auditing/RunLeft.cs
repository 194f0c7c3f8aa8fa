using Plumbline.Audits;
using Plumbline.Cli.Screens;
using Plumbline.Configuration.Runs;
using Plumbline.Reports.Text;

namespace Plumbline.Cli.Auditing;

/// <summary>What a run that was stopped leaves, and how it is gone on with.</summary>
internal static class RunLeft
{
    /// <summary>How many answers are kept, how many of them wait for a judge, and how many are missing; where none was asked for yet, what was done.</summary>
    /// <param name="last">How far the run was; null before its first case.</param>
    /// <param name="before">What it did before its first case; null where nothing is known of that.</param>
    /// <param name="folder">Its folder.</param>
    public static string? Describe(AuditProgress? last, string? before, string folder)
    {
        if (last is not { Total: > 0 }) return before is null ? null : $"Stopped while {before}: no case was asked in this sitting.";

        var (judged, all) = ((long)last.BaselineDone + last.CandidateDone, 2L * last.Total);
        // A call that failed for good is done, and no answer.
        var waiting = Math.Max(0, last.Answers - judged);
        return $"{Numbers.Thousands(last.Answers)} of {Numbers.Count(all, "answer")} are there and kept in '{folder}', {Numbers.Thousands(all - last.Answers)} are missing{(waiting > 0 ? $", and {Numbers.Thousands(waiting)} are yet to be judged" : "")}.";
    }

    /// <summary>What a run was found with that was stopped, in whatever way: how many answers are there, how many of them judged, and whether its last line was whole.</summary>
    public static string DescribeFound(AuditProgress found)
    {
        var (judged, all) = ((long)found.BaselineDone + found.CandidateDone, 2L * found.Total);
        return $"Going on: {Numbers.Thousands(found.Answers)} of {Numbers.Count(all, "answer")} are there, {Numbers.Thousands(judged)} of them judged. "
            + (found.JournalWasTorn ? "The journal ended in a torn line, which is cut off: nobody had counted it." : "The journal ends in a whole line.");
    }

    /// <summary>The command that asks again for calls that failed.</summary>
    public static string HowToAskAgain(string folder) => HasSettings(folder)
        ? $"'plumb resume {ShellWord.Of(folder)}' asks again."
        : "the command that began the run asks again.";

    /// <summary>The command that goes on.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="more">What must be given with it.</param>
    public static string HowToGoOn(string folder, string more = "") => HasSettings(folder)
        ? $"'plumb resume {ShellWord.Of(folder)}{more}' goes on with it."
        : "The command that began it goes on with it.";

    private static bool HasSettings(string folder) => File.Exists(Path.Combine(folder, RunSettings.Name));
}
