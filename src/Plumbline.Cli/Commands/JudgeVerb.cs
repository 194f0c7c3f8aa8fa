using System.CommandLine;
using Plumbline.Audits;
using Plumbline.Cli.Auditing;
using Plumbline.Cli.Choices;
using Plumbline.Cli.Commands.Judges;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Setup;
using Plumbline.Cli.Summaries;
using Plumbline.Costs;
using Plumbline.Judges.Evaluation;
using Plumbline.Providers.Models;
using Plumbline.Providers.Pacing;
using Plumbline.Providers.Prices;
using Plumbline.Reports.Text;

namespace Plumbline.Cli.Commands;

/// <summary>Has a stored run judged by another judge.</summary>
internal sealed class JudgeVerb : Verb
{
    private readonly ModelOpener _opener;
    private readonly JudgeOptions _options = new();
    private readonly Argument<string> _run = new("RUN") { Description = "The run's folder." };
    private readonly Option<bool> _allowSelfJudge = new("--allow-self-judge") { Description = "Let a model under test judge its own answers." };
    private readonly Option<string?> _prices = new("--prices") { Description = "What models cost: a YAML or JSON file of yours, by model, for a million tokens.", HelpName = "FILE" };
    private readonly Option<decimal?> _budget = new("--budget") { Description = "The most that the run may cost over all its sittings, in the price file's currency.", HelpName = "AMOUNT" };
    private readonly Option<bool> _reveal = new("--reveal") { Description = "Show answers that are or may be harmful, in the report and on the console." };

    public JudgeVerb(ModelOpener opener)
        : base(
            "judge",
            "Have a stored run judged by another judge, without asking its models again; its audit.json and report are then by that judge. Of a run that was stopped it shows what there is so far.",
            "plumb judge runs/tuned --judge criteria@openai:gpt-4o",
            "plumb judge runs/tuned --judge refusal                     # back to the first judge: nothing is asked",
            "plumb judge runs/tuned --judge policy@openai:gpt-4o,llama-guard@http://localhost:8000/v1#guard --panel any")
    {
        _opener = opener;
        Arguments.Add(_run);
        _options.AddTo(this);
        Options.Add(_allowSelfJudge);
        Options.Add(_prices);
        Options.Add(_budget);
        Options.Add(_reveal);
    }

    public override string AfterInterruption => "Judgements are kept: run the same command again to go on.";

    public override async Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        _options.Check(arguments);
        var folder = Target(arguments.GetValue(_run), "RUN");
        var plan = StoredRunJudge.PlanOf(folder);
        var pacing = _options.Pacing(arguments, screen);
        var pacers = new PacerPool(pacing, screen.Time);
        var prices = arguments.GetValue(_prices) is { } file ? PriceFile.Read(file) : null;
        var ledger = new SpendingLedger(prices?.Currency, arguments.GetValue(_budget));
        StoredSides.Enter(ledger, plan, prices);
        using var judge = _options.Open(
            arguments, [plan.Baseline, plan.Candidate], arguments.GetValue(_allowSelfJudge), _opener, pacers, model => ledger.Meter(model.Priced(Spender.Judge, prices), model.Client));
        var request = new JudgingRequest(judge.Judge)
        {
            // A call that pauses before it is tried again leaves its place in flight to others.
            Concurrency = pacing.CallsUnderWay(endpoints: 1),
            Spending = ledger,
            KnownJudges = JudgeRegistry.Read(_options.Registry(arguments)),
        };
        var audit = await screen.ProgressAsync("judging", "answers", pace =>
        {
            var far = new AuditPace(pace, null);
            pace.WaitingFor = () => string.Join(", ", new[] { ledger.Describe(asked: 1, far.Furthest?.JudgedShare ?? 0), pacers.WaitingFor }.OfType<string>()) is { Length: > 0 } told ? told : null;
            return new StoredRunJudge(screen.Time).JudgeAsync(request, folder, far, cancellationToken);
        });
        PacingSummary.Print(screen, pacers.Counts);
        var reveals = arguments.GetValue(_reveal);
        var stands = Standing(audit, folder);
        var report = stands is null ? await AuditSession.WriteReportAsync(audit, folder, reveals, cancellationToken) : null;

        AuditSummary.Print(screen, audit, reveals);
        foreach (var failed in FailedCalls.Describe(audit, folder)) screen.Line(failed);
        CostTable.Print(screen, audit.Cost);
        screen.Line();
        screen.Sentence(JudgeWords.Of(audit.Judge), "Judge:  ");
        if (report is not null) screen.Whole($"Report: {report}");
        if (audit.HasEnded) screen.Whole($"Data:   {Path.Combine(folder, AuditFile.Name)}");
        else screen.Line(stands is null ? Pending(audit, folder) : Left(stands));
        var code = VerdictExit.Of(audit.Verdict.Outcome);
        screen.Line(ExitMeaning.LastLine(code));
        return code;
    }

    // The result of a judge by whose evidence the run stopped early, where it would not have by this one's; null where there is none.
    private static AuditDocument? Standing(AuditDocument audit, string folder) =>
        !audit.HasEnded && !RunChoice.IsUnfinished(folder) && AuditFile.Read(RunChoice.DocumentOf(folder)) is { HasEnded: true } stored ? stored : null;

    private static string Left(AuditDocument stands) =>
        $"{AuditFile.Name} and the report in the run's folder are left as they are: they are of the judge '{stands.Judge.Id}', by whose evidence the run ended after {Numbers.Thousands(stands.Stopping?.Taken ?? stands.Counts.Planned)} of {Numbers.Count(stands.Counts.Planned, "case")}. The judgements of this one are kept. "
        + "'plumb resume' asks nothing more; the command that began the run, with this judge in its --judge, asks the rest.";

    // Earlier versions wrote a result of what is not finished.
    private static string Pending(AuditDocument audit, string folder) =>
        $"{Numbers.Thousands(audit.Counts.Pending)} of {Numbers.Count(audit.Counts.Planned, "case")} are pending, so nothing is decided{(RunChoice.IsUnfinished(folder) ? $", and a run that has not come to its end has no {AuditFile.Name}" : "")}. The judgements are kept. {RunLeft.HowToGoOn(folder)} This command, once more, then has the rest judged.";
}
