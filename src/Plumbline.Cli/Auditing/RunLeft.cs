using System.Globalization;
using Plumbline.Audits;
using Plumbline.Cli.Screens;
using Plumbline.Configuration.Runs;

namespace Plumbline.Cli.Auditing;

/// <summary>What a run that was stopped leaves, and how it is gone on with.</summary>
internal static class RunLeft
{
    /// <summary>How many answers are kept, how many of them wait for a judge, and how many are missing; null where none was asked for yet.</summary>
    /// <param name="last">How far the run was.</param>
    /// <param name="folder">Its folder.</param>
    public static string? Describe(AuditProgress? last, string folder)
    {
        if (last is not { Total: > 0 }) return null;

        var (judged, all) = ((long)last.BaselineDone + last.CandidateDone, 2L * last.Total);
        // A call that failed for good is done, and no answer.
        var waiting = Math.Max(0, last.Answers - judged);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{last.Answers:#,0} of {all:#,0} answers are there and kept in '{folder}', {all - last.Answers:#,0} are missing{(waiting > 0 ? $", and {waiting:#,0} are yet to be judged" : "")}.");
    }

    /// <summary>The command that goes on.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="more">What must be given with it.</param>
    public static string HowToGoOn(string folder, string more = "") => File.Exists(Path.Combine(folder, RunSettings.Name))
        ? $"'plumb resume {ShellWord.Of(folder)}{more}' goes on with it."
        : "The command that began it goes on with it.";
}
