using System.Globalization;
using Plumbline.Audits;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Setup;
using Plumbline.Configuration.Audits;
using Plumbline.Configuration.Runs;
using Plumbline.Configuration.Sources;
using Plumbline.Providers.Models;

namespace Plumbline.Cli.Auditing;

/// <summary>The judge that a run was started with: its result may be by another one, who was asked since.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Command">The command that has the run's result by it again.</param>
internal sealed record OwnJudge(string Id, string Command)
{
    /// <summary>A run's own judge; null where the folder does not say.</summary>
    /// <param name="run">What the user named the run with.</param>
    /// <param name="audit">Its result.</param>
    /// <param name="workshop">Opens the judge's model, which is not called.</param>
    public static OwnJudge? Of(string run, AuditDocument audit, Workshop workshop)
    {
        try
        {
            if (!Directory.Exists(run) || RunSettings.Read(run) is not { } stored) return null;

            var settings = new AuditSettings(new Layers([stored], new References(workshop.Environment)));
            var setup = JudgeSetup.Of(settings);
            // A model in this process is opened with all its weights, maybe many gigabytes: here the time at which it judged tells whether it is the same, and it goes by the name that it was given.
            if (setup.References.Any(judge => judge.Model is LocalModelReference))
            {
                return audit.JudgedAt is null ? new OwnJudge(audit.Judge.Id, JudgeCommand.Of(run, audit.Judge))
                    : new OwnJudge(string.Join(", ", setup.Named.Select(name => name.Given.Text)), JudgeCommand.Of(run, [.. setup.Named.Select(name => setup.Hide(name.Name))], setup.Panel));
            }

            using var judge = UnfinishedRun.Judge(settings, workshop, model => model.Client);
            return new OwnJudge(judge.Judge.Id, JudgeCommand.Of(run, setup.Told(judge.Judge), setup.Panel));
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
        ? own.Id == audit.Judge.Id ? null : own.AskedSince
        : audit.JudgedAt is { } at ? string.Create(CultureInfo.InvariantCulture, $"who was asked after the run's end, last on {at.UtcDateTime:yyyy-MM-dd HH:mm} UTC, and is not the run's own")
        : null;

    /// <summary>Of another judge, by whom the result is: that it is not this one, and how the view of this one is had.</summary>
    public string AskedSince => $"who was asked since; the run's own is '{Id}', and '{Command}' brings its view back";
}
