using Microsoft.Extensions.AI;
using Plumbline.Archive;
using Plumbline.Audits;
using Plumbline.Cli.Choices;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Setup;
using Plumbline.Configuration;
using Plumbline.Configuration.Audits;
using Plumbline.Configuration.Runs;
using Plumbline.Configuration.Settings;
using Plumbline.Configuration.Sources;
using Plumbline.Costs;
using Plumbline.Judges;
using Plumbline.Judges.Evaluation;
using Plumbline.Providers.Models;
using Plumbline.Providers.Pacing;
using Plumbline.Providers.Prices;
using Plumbline.Reports.Text;
using Plumbline.Runs;

namespace Plumbline.Cli.Auditing;

/// <summary>What a run that has not come to its end shows so far, by the judge that it was started with. Nobody is asked.</summary>
internal static class UnfinishedRun
{
    /// <summary>The document of a run, finished or not; that of an unfinished one counts its pending cases and decides nothing.</summary>
    /// <param name="run">What the user named it with.</param>
    /// <param name="workshop">Opens the judge's model, which is not called.</param>
    /// <param name="tell">Is told that the run is unfinished, and how to go on.</param>
    /// <exception cref="UsageException">There is no such run, or its folder does not say who judges.</exception>
    public static AuditDocument Read(string run, Workshop workshop, Action<string> tell) => Look(run, workshop, tell).Document;

    /// <summary>The same, and whether it is the run's result: false also where every case was tried and the result is still to be written.</summary>
    /// <inheritdoc cref="Read"/>
    public static (AuditDocument Document, bool IsResult) Look(string run, Workshop workshop, Action<string> tell)
    {
        if (!RunChoice.IsUnfinished(run)) return (AuditFile.Read(RunChoice.DocumentOf(run)), true);

        var document = SoFar(run, workshop, tell);
        tell(document.IsUnwritten ? Unwritten(run, document.AskedAgain(UnscoredReason.CallFailed, UnscoredReason.JudgeFailed) > 0) : Pending(document, run));
        return (document, false);
    }

    /// <summary>A run at a glance; of one without a result also where its cases stand by the judge that it was started with, as far as that one can be known without reading a model's weights.</summary>
    /// <exception cref="RunException">There is no run, or its files cannot be read.</exception>
    public static RunGlance Glance(string run, Workshop workshop, CancellationToken cancellationToken)
    {
        var glance = RunArchive.Glance(run);
        return RunChoice.IsUnfinished(run) && StandingOf(run, workshop, cancellationToken) is { } standing ? glance with { Counts = standing.Counts, IsUnwritten = standing.HasEnded } : glance;
    }

    /// <summary>That every case was tried, and the result was not written.</summary>
    /// <param name="run">The run's folder.</param>
    /// <param name="asksAgain">Whether something failed that is asked again.</param>
    public static string Unwritten(string run, bool asksAgain) =>
        $"Every case that the run in '{run}' needs was tried, and its result ({AuditFile.Name}) {(RunFolder.IsHeld(run) ? "is not there yet: a process is working on it." : $"was not written: 'plumb resume {ShellWord.Of(run)}' writes it{(asksAgain ? ", after asking again for what failed" : ", without asking a case")}.")}";

    /// <summary>What brings a run to its end.</summary>
    public static string HowToFinish(string run) => RunFolder.IsHeld(run) ? "A process is working on it." : RunLeft.HowToGoOn(run);

    private static string Pending(AuditDocument document, string run) =>
        $"The run in '{run}' has not come to its end: {Numbers.Thousands(document.Counts.Pending)} of {Numbers.Count(document.Counts.Planned, "case")} are pending, and nothing is decided{(RunFolder.IsHeld(run) ? " yet: a process is working on it." : $". {RunLeft.HowToGoOn(run)}")}";

    private static AuditDocument SoFar(string run, Workshop workshop, Action<string> tell)
    {
        var stored = RunSettings.Read(run)
            ?? throw new UsageException($"The run in '{run}' has not come to its end, and there is no {RunSettings.Name} in it that says who judges. Run the command that began it again: it goes on where it stopped.");
        var settings = new AuditSettings(new Layers([stored], new References(workshop.Environment)));
        var prices = Told(() => settings.Prices is { } file ? PriceFile.Read(file) : null, "The bill has no amounts", tell);
        var budget = prices is null ? null : Told(() => settings.Optional(AuditKeys.Budget), "The bill has no budget", tell);
        var ledger = new SpendingLedger(prices?.Currency, budget);
        StoredSides.Enter(ledger, StoredRunJudge.PlanOf(run), prices);
        if (prices is not null && Told(() => Helper(settings, prices), "The bill has no amount for the helper model", tell) is { } helper) ledger.Enter(helper);
        using var judge = Judge(settings, workshop, Enter);
        return StoredRunJudge.SoFar(run, judge.Judge, JudgeRegistry.Read(JudgeRegistry.FileName), ledger);

        IChatClient Enter(OpenedModel model)
        {
            ledger.Enter(model.Priced(Spender.Judge, prices));
            return model.Client;
        }
    }

    // Whoever lists runs need not have the files and variables that each was started with.
    private static RunStanding? StandingOf(string run, Workshop workshop, CancellationToken cancellationToken)
    {
        try
        {
            if (RunSettings.Read(run) is not { } stored) return null;

            var settings = new AuditSettings(new Layers([stored], new References(workshop.Environment)));
            // Who judges is told by all of a model's weights, which may be many gigabytes.
            if (JudgeSetup.Of(settings).References.Any(judge => judge.Model is LocalModelReference)) return null;

            using var judge = Judge(settings, workshop, model => model.Client);
            return StoredRunJudge.StandingOf(run, judge.Judge, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException || Failure.Of(exception).Code == ExitCode.BadInput)
        {
            return null;
        }
    }

    // A judge's model is known by what it is; no call is made, so a key that is not there is not missed.
    private static OpenedJudge Judge(AuditSettings settings, Workshop workshop, Func<OpenedModel, IChatClient> clientOf) => JudgeSetup.Of(settings).Open(
        () => SuiteChoice.Load(settings.Suites, settings.Column), new ModelOpener(new ApiKeys(name => workshop.Environment(name) ?? "not used"), workshop.Time), new PacerPool(new PacerOptions(), workshop.Time), clientOf);

    private static PricedModel? Helper(AuditSettings settings, PriceList prices) =>
        settings.HelperModel is { } helper ? NamedModel.Priced(Spender.Helper, helper, prices) : null;

    /// <summary>A part of the bill, as far as it can still be had: whoever reads a run need not have the files and variables that it was started with.</summary>
    private static T? Told<T>(Func<T?> part, string missing, Action<string> tell)
    {
        try
        {
            return part();
        }
        catch (Exception exception) when (exception is PriceException or ConfigurationException)
        {
            tell($"{missing}: {exception.Message}");
            return default;
        }
    }
}
