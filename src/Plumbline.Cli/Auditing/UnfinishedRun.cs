using Microsoft.Extensions.AI;
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
        tell(document.HasEnded ? Unwritten(document, run) : Pending(document, run));
        return (document, false);
    }

    private static string Unwritten(AuditDocument document, string run) =>
        $"Every case that the run in '{run}' needs was tried, and its result ({AuditFile.Name}) {(RunFolder.IsHeld(run) ? "is not there yet: a process is working on it." : $"was not written: 'plumb resume {ShellWord.Of(run)}' writes it{(AsksAgain(document) ? ", after asking again for what failed" : "")}.")}";

    // A run that was stopped early is over, whatever failed.
    private static bool AsksAgain(AuditDocument document) =>
        document.Stopping is not { Stopped: not null } && document.Counts.UnscoredReasons.Any(unscored => unscored.Reason is UnscoredReason.CallFailed or UnscoredReason.JudgeFailed);

    private static string Pending(AuditDocument document, string run) =>
        $"The run in '{run}' has not come to its end: {Numbers.Thousands(document.Counts.Pending)} of {Numbers.Count(document.Counts.Planned, "case")} are pending, and nothing is decided{(RunFolder.IsHeld(run) ? " yet: a process is working on it." : $". {RunLeft.HowToGoOn(run)}")}";

    private static AuditDocument SoFar(string run, Workshop workshop, Action<string> tell)
    {
        var stored = RunSettings.Read(run)
            ?? throw new UsageException($"The run in '{run}' has not come to its end, and there is no {RunSettings.Name} in it that says who judges. Run the command that began it again: it goes on where it stopped.");
        var settings = new AuditSettings(new Layers([stored], new References(workshop.Environment)));
        // A judge's model is known by what it is; no call is made, so a key that is not there is not missed.
        var opener = new ModelOpener(new ApiKeys(name => workshop.Environment(name) ?? "not used"), workshop.Time);
        var prices = Told(() => settings.Prices is { } file ? PriceFile.Read(file) : null, "The bill has no amounts", tell);
        var budget = prices is null ? null : Told(() => settings.Optional(AuditKeys.Budget), "The bill has no budget", tell);
        var ledger = new SpendingLedger(prices?.Currency, budget);
        StoredSides.Enter(ledger, StoredRunJudge.PlanOf(run), prices);
        if (prices is not null && Told(() => Helper(settings, prices), "The bill has no amount for the helper model", tell) is { } helper) ledger.Enter(helper);
        using var judge = JudgeSetup.Of(settings).Open(() => SuiteChoice.Load(settings.Suites, settings.Column), opener, new PacerPool(new PacerOptions(), workshop.Time), Enter);
        return StoredRunJudge.SoFar(run, judge.Judge, JudgeRegistry.Read(JudgeRegistry.FileName), ledger);

        IChatClient Enter(OpenedModel model)
        {
            ledger.Enter(model.Priced(Spender.Judge, prices));
            return model.Client;
        }
    }

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
