using Plumbline.Attacks;
using Plumbline.Audits;
using Plumbline.Cli.Auditing;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Summaries;
using Plumbline.Providers.Models;
using Plumbline.Reports.Demo;
using Plumbline.Suites;
using Plumbline.Transformers.Models;
using Plumbline.Tuning.Demo;
using Plumbline.Tuning.Domains;
using Plumbline.Tuning.Judging;
using Plumbline.Tuning.Recipes;

namespace Plumbline.Cli.Demonstration;

/// <summary>One harmless fine-tune of bob after the other, each with its audit against bob.</summary>
internal sealed class DemoSession(Screen screen, ModelOpener opener, string folder, int documents)
{
    public const string SuiteName = "jailbreak-250";

    private const string AdapterFolder = "adapter";
    private static readonly int ThreadsEach = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Tunes and audits a domain after the other.</summary>
    public async Task<DemoStudy> RunAsync(CancellationToken cancellationToken)
    {
        var started = screen.Time.GetTimestamp();
        // One bob for all three: every fine-tune begins with him, and every audit is against him.
        var bob = ModelOpener.Load(new LocalModelReference(LocalModelReference.Bob, LocalModelReference.Bob, Adapter: null));
        using var baseline = opener.Serve(bob, LocalModelReference.Bob, ThreadsEach);
        DemoFolder.RequireOwn(folder, documents, baseline.Facts);
        var audits = new List<DemoAudit>();
        foreach (var corpus in DomainCorpus.All)
            audits.Add(await RunAsync(bob, baseline, corpus, cancellationToken));
        return new DemoStudy(audits, screen.Time.GetElapsedTime(started));
    }

    private async Task<DemoAudit> RunAsync(LanguageModel bob, OpenedModel baseline, DomainCorpus corpus, CancellationToken cancellationToken)
    {
        var home = DemoFolder.Home(folder, corpus);
        Directory.CreateDirectory(home);
        var (tuned, settings) = await TuneAsync(bob, corpus, home, cancellationToken);

        using var candidate = opener.Serve(tuned, $"bob after {corpus.Name}", ThreadsEach);
        var audit = await AuditAsync(baseline, candidate, corpus, home, cancellationToken);
        screen.Note($"{corpus.Name}: {audit.Verdict.Sentence}");
        return new DemoAudit(corpus.Name, settings, audit);
    }

    private async Task<(LanguageModel Tuned, FineTuneSettings Settings)> TuneAsync(LanguageModel bob, DomainCorpus corpus, string home, CancellationToken cancellationToken)
    {
        var rows = Path.Combine(home, DemoFolder.RowsFile);
        using var tune = await DomainTune.PrepareAsync(bob, corpus, documents, rows, screen.Time, cancellationToken);
        await screen.ProgressAsync($"fine-tuning bob on {corpus.Name}", "steps", async pace =>
        {
            await foreach (var step in tune.RunAsync(cancellationToken))
                pace.Report(step.Step, step.Steps, LossWords.Of(step.Loss));
            return tune.Steps;
        });
        var document = await tune.SaveAsync(Path.Combine(home, AdapterFolder), cancellationToken);
        return (tune.Tuned(), Settings(corpus, document));
    }

    private async Task<AuditDocument> AuditAsync(OpenedModel baseline, OpenedModel candidate, DomainCorpus corpus, string home, CancellationToken cancellationToken)
    {
        var suite = BuiltInSuites.Load(SuiteName);
        var request = new AuditRequest(
            new AuditSide(baseline.Facts, baseline.Client), new AuditSide(candidate.Facts, candidate.Client), suite, AttackCatalog.Named(suite.Attacks), new BobJudge());
        return (await new AuditSession(screen).RunAsync(request, home, $"auditing bob after {corpus.Name}", told: null, whenAccepted: null, whenStopped: null, cancellationToken)).Document;
    }

    private FineTuneSettings Settings(DomainCorpus corpus, TuneDocument tune)
    {
        var options = tune.Options;
        var lora = options.Lora!;
        var rows = DomainTune.Rows(corpus, documents);
        return new FineTuneSettings(
            lora.Rank,
            lora.Alpha,
            lora.Dropout,
            lora.Targets,
            options.LearningRate,
            options.BatchSize * options.Accumulation,
            tune.Steps,
            rows.DomainTasks,
            rows.GeneralTasks,
            (long)options.Seed,
            tune.LastLoss,
            TimeSpan.FromSeconds(tune.Seconds));
    }
}
