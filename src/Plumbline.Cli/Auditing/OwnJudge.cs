using System.Globalization;
using System.Text.RegularExpressions;
using Plumbline.Audits;
using Plumbline.Cli.Choices;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Setup;
using Plumbline.Configuration.Audits;
using Plumbline.Configuration.Runs;
using Plumbline.Configuration.Sources;

namespace Plumbline.Cli.Auditing;

/// <summary>The judge that a run was started with: its result may be by another one, who was asked since.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Command">The command that has the run's result by it again.</param>
internal sealed partial record OwnJudge(string Id, string Command)
{
    /// <summary>A run's own judge; null where the folder does not say.</summary>
    /// <param name="run">What the user named the run with.</param>
    /// <param name="environment">The variables that its settings may refer to.</param>
    public static OwnJudge? Of(string run, Func<string, string?> environment)
    {
        try
        {
            if (!Directory.Exists(run) || RunSettings.Read(run) is not { } stored) return null;

            var settings = new AuditSettings(new Layers([stored], new References(environment)));
            var setup = JudgeSetup.Of(settings);
            return setup.IdOf(() => SuiteChoice.Load(settings.Suites, settings.Column)) is not { } id ? null : new OwnJudge(id, JudgeCommand.Of(run, setup.Told(id), setup.Panel));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException || Failure.Of(exception).Code == ExitCode.BadInput)
        {
            // Whoever holds a policy against a run need not have the files and variables that it was started with.
            return null;
        }
    }

    /// <summary>Of the judge of a result what is to be said where it is not the run's own, as far as that is known; null where it is.</summary>
    /// <param name="own">The run's own judge; null where that is not known.</param>
    /// <param name="audit">The result.</param>
    public static string? WhatIsToSayOfOther(OwnJudge? own, AuditDocument audit) => own is not null
        ? own.IsOf(audit) ? null : own.AskedSince
        : audit.JudgedAt is { } at ? string.Create(CultureInfo.InvariantCulture, $"who was asked after the run's end, last on {at.UtcDateTime:yyyy-MM-dd HH:mm} UTC, and is not the run's own")
        : null;

    /// <summary>Whether a result is by it. Paths in a name start where the command stands, so from another folder the same judge is called otherwise: there the rest of its name tells,
    /// and that nobody judged after the run's end.</summary>
    public bool IsOf(AuditDocument audit) => Id == audit.Judge.Id || (audit.JudgedAt is null && FolderInName().Replace(Id, "") == FolderInName().Replace(audit.Judge.Id, ""));

    [GeneratedRegex(@"[^@(, ]*/", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FolderInName();

    /// <summary>Of another judge, by whom the result is: that it is not this one, and how the view of this one is had.</summary>
    public string AskedSince => $"who was asked since; the run's own is '{Id}', and '{Command}' brings its view back";
}
