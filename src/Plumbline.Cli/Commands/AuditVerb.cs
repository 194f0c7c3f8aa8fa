using System.CommandLine;
using Plumbline.Audits;
using Plumbline.Cases;
using Plumbline.Cli.Auditing;
using Plumbline.Cli.Choices;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Summaries;
using Plumbline.Judges.Panels;
using Plumbline.Providers.Models;
using Plumbline.Providers.Pacing;
using Plumbline.Reports.Text;

namespace Plumbline.Cli.Commands;

/// <summary>Audits a candidate against its baseline.</summary>
internal sealed class AuditVerb : Verb
{
    private readonly ModelOpener _opener;
    private readonly Option<string> _baseline = new("--baseline") { Description = $"The model before fine-tuning: {ModelReference.Forms}.", Required = true, HelpName = "MODEL" };
    private readonly Option<string> _candidate = new("--candidate") { Description = "The model after fine-tuning, named the same way.", Required = true, HelpName = "MODEL" };
    private readonly Option<string[]> _suites = new("--suite") { Description = "The prompts: a built-in suite ('plumb list'), a .jsonl file, or a .csv file with --column; repeatable, for several in one audit.", Required = true, HelpName = "SUITE", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _column = new("--column") { Description = "The column of a CSV suite that holds the prompts.", HelpName = "NAME" };
    private readonly Option<string[]> _attacks = new("--attack") { Description = "How harmful prompts are rewritten; repeatable, 'all' for every one. Default: the suite's own.", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> _judges = new("--judge") { Description = $"Who scores: {JudgeChoice.Forms}; repeatable, for a panel. Default: 'bob' where every prompt is of bob's world, 'refusal' otherwise.", HelpName = "JUDGE", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _panel = new("--panel") { Description = "How several judges become one: majority (the default), mean or any.", HelpName = "RULE" };
    private readonly Option<bool> _allowSelfJudge = new("--allow-self-judge") { Description = "Let a model under test judge its own answers." };
    private readonly Option<double> _margin = new("--margin") { Description = "How much the share of bad answers may rise and still count as held; 0.03 is 3 points.", HelpName = "SHARE", DefaultValueFactory = _ => new DecisionRule().Margin };
    private readonly Option<int> _maxTokens = new("--max-tokens") { Description = "The longest answer.", HelpName = "N", DefaultValueFactory = _ => new Sampling().MaxOutputTokens };
    private readonly Option<float> _temperature = new("--temperature") { Description = "0 takes the likeliest token each time.", HelpName = "T", DefaultValueFactory = _ => 0 };
    private readonly Option<string?> _system = new("--system") { Description = "A system message in front of every case.", HelpName = "TEXT" };
    private readonly Option<long> _seed = new("--seed") { Description = "Seed of the sampling; repeat r uses seed + r.", HelpName = "N", DefaultValueFactory = _ => 0 };
    private readonly Option<int> _repeats = new("--repeats") { Description = "How often each case is asked.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<int?> _cases = new("--cases") { Description = "Take at most this many harmful cases, spread evenly. Default: the suite's own.", HelpName = "N" };
    private readonly Option<int> _maxConcurrency = new("--max-concurrency", "-j") { Description = "The most calls in flight to one model; an endpoint that refuses so many gets fewer.", HelpName = "N", DefaultValueFactory = _ => new PacerOptions().MaxConcurrency };
    private readonly Option<int> _maxRetries = new("--max-retries") { Description = "How often a call to an endpoint is repeated after 429, 5xx, a timeout or a broken connection; 0 for never.", HelpName = "N", DefaultValueFactory = _ => new PacerOptions().MaxRetries };
    private readonly Option<double> _timeout = new("--timeout") { Description = "How long an endpoint may take for one answer.", HelpName = "SECONDS", DefaultValueFactory = _ => new PacerOptions().AttemptTimeout.TotalSeconds };
    private readonly Option<int?> _requestsPerMinute = new("--requests-per-minute") { Description = "The most requests a minute to one model behind an endpoint. Default: as many as it bears.", HelpName = "N" };
    private readonly Option<int?> _tokensPerMinute = new("--tokens-per-minute") { Description = "The most tokens a minute, read and written, of one model behind an endpoint. Default: as many as it bears.", HelpName = "N" };
    private readonly Option<bool> _reveal = new("--reveal") { Description = "Show answers that are or may be harmful, in the report and on the console." };
    private readonly Option<string> _output = new("--output", "-o") { Description = "The run's folder. One that holds the same run is resumed.", Required = true, HelpName = "DIR" };

    public AuditVerb(ModelOpener opener)
        : base(
            "audit",
            "Ask a baseline and a candidate the same prompts, judge both, and say whether alignment held.",
            "plumb audit --baseline bob --candidate bob+./tuned --suite jailbreak-250 -o runs/tuned",
            "plumb audit --baseline bob --candidate bob+./tuned --suite hazards --suite look-alikes --suite capability -o runs/full",
            "plumb audit --baseline ./llama --candidate ./llama-tuned.gguf --suite prompts.csv --column goal -o runs/llama",
            "plumb audit --baseline openai:gpt-4o-mini --candidate http://localhost:8080/v1#mine --suite prompts.jsonl --attack all -o runs/mine")
    {
        _opener = opener;
        Option[] options =
        [
            _baseline, _candidate, _suites, _column, _attacks, _judges, _panel, _allowSelfJudge, _margin, _maxTokens, _temperature, _system, _seed, _repeats, _cases,
            _maxConcurrency, _maxRetries, _timeout, _requestsPerMinute, _tokensPerMinute, _reveal, _output,
        ];
        foreach (var option in options) Options.Add(option);
    }

    public override string AfterInterruption => "Answered cases are kept: run the same command again to go on.";

    public override async Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        RefuseUnknownOptions(arguments);
        var suite = SuiteChoice.Load(arguments.GetValue(_suites)!, arguments.GetValue(_column));
        var attacks = AttackChoice.Choose(arguments.GetValue(_attacks) ?? [], suite);
        var judges = arguments.GetValue(_judges) ?? [];
        var panel = NamedValue.Choose<PanelRule>("panel rule", arguments.GetValue(_panel), rule => rule.ToString().ToLowerInvariant());
        JudgeChoice.Check(judges, panel);
        var sampling = Sampling(arguments);
        var rule = new DecisionRule(Margin: InRange(arguments, _margin, value => value is > 0 and < 1, "above 0 and below 1; 0.03 is 3 points"));
        var pacing = Pacing(arguments);
        var caseLimit = InRange(arguments, _cases, value => value is null or >= 1, "at least 1");
        if (caseLimit is not null && !suite.HasHarmful) throw new UsageException($"--cases counts harmful cases, and '{suite.Name}' has none. Leave it out.");
        var folder = Target(arguments.GetValue(_output), "-o");
        var baselineName = ModelReference.Parse(arguments.GetValue(_baseline)!);
        var candidateName = ModelReference.Parse(arguments.GetValue(_candidate)!);

        // Two models on one machine share its cores; their answers do not depend on the split.
        var threads = Math.Max(1, Environment.ProcessorCount / 2);
        var pacers = new PacerPool(pacing, screen.Time);
        using var baseline = _opener.Open(baselineName, threads, pacers);
        using var candidate = _opener.Open(candidateName, threads, pacers);
        using var judge = JudgeChoice.Open(judges, panel, suite, [baseline.Facts, candidate.Facts], arguments.GetValue(_allowSelfJudge), _opener, pacers);
        TellParity(screen, baseline, candidate, sampling);

        var request = new AuditRequest(new AuditSide(baseline.Facts, baseline.Client), new AuditSide(candidate.Facts, candidate.Client), suite, attacks, judge.Judge)
        {
            Sampling = sampling,
            Rule = rule,
            Concurrency = UnderWay(pacing, baseline, candidate),
            CaseLimit = caseLimit ?? suite.CaseLimit,
        };
        var audit = await new AuditSession(screen).RunAsync(request, folder, "auditing", () => pacers.WaitingFor, cancellationToken);
        PacingSummary.Print(screen, pacers.Counts);
        var reveals = arguments.GetValue(_reveal);
        var report = await AuditSession.WriteReportAsync(audit, folder, reveals, cancellationToken);

        AuditSummary.Print(screen, audit, reveals);
        screen.Line();
        screen.Line($"Report: {report}");
        screen.Line($"Data:   {Path.Combine(folder, AuditFile.Name)}");
        var code = VerdictExit.Of(audit.Verdict.Outcome);
        screen.Line(ExitMeaning.LastLine(code));
        return code;
    }

    /// <summary>An option that does not exist, behind one that takes several values, is parsed as one more of them.</summary>
    private void RefuseUnknownOptions(ParseResult arguments)
    {
        var values = arguments.GetValue(_suites)!.Concat(arguments.GetValue(_attacks) ?? []).Concat(arguments.GetValue(_judges) ?? []);
        if (values.FirstOrDefault(value => value.StartsWith("--", StringComparison.Ordinal)) is { } unknown)
            throw NearestName.Unknown("option", unknown, Options.Select(option => option.Name));
    }

    private Sampling Sampling(ParseResult arguments) => new(
        Temperature: InRange(arguments, _temperature, value => value is >= 0 and <= 2, "0 to 2"),
        MaxOutputTokens: InRange(arguments, _maxTokens, value => value is >= 1 and <= 1_000_000, "1 to 1000000"),
        Seed: arguments.GetValue(_seed),
        Repeats: InRange(arguments, _repeats, value => value is >= 1 and <= 1000, "1 to 1000"),
        SystemPrompt: arguments.GetValue(_system));

    private PacerOptions Pacing(ParseResult arguments)
    {
        var usual = new PacerOptions();
        var timeout = TimeSpan.FromSeconds(InRange(arguments, _timeout, value => value is > 0 and <= 86400, "above 0 and at most 86400"));
        return usual with
        {
            MaxConcurrency = InRange(arguments, _maxConcurrency, value => value is >= 1 and <= 4096, "1 to 4096"),
            MaxRetries = InRange(arguments, _maxRetries, value => value is >= 0 and <= 100, "0 to 100"),
            AttemptTimeout = timeout,
            // A call that hangs once must have time for another attempt.
            TotalDeadline = timeout * 3 > usual.TotalDeadline ? timeout * 3 : usual.TotalDeadline,
            RequestsPerMinute = InRange(arguments, _requestsPerMinute, value => value is null or >= 1, "at least 1"),
            TokensPerMinute = InRange(arguments, _tokensPerMinute, value => value is null or >= 1, "at least 1"),
        };
    }

    /// <summary>
    /// Two sides with as many calls each as may be in flight; behind an endpoint four times that, since a call that pauses before it is tried again
    /// leaves its place in flight to others, who must be there to take it.
    /// </summary>
    private static int UnderWay(PacerOptions pacing, OpenedModel baseline, OpenedModel candidate) =>
        2 * pacing.MaxConcurrency * (baseline.Local is null || candidate.Local is null ? 4 : 1);

    /// <summary>Said before anything is spent: where the sides differ in more than their weights, a difference in answers need not be the fine-tune's.</summary>
    private static void TellParity(Screen screen, OpenedModel baseline, OpenedModel candidate, Sampling sampling)
    {
        foreach (var fact in AuditRunner.Parity(baseline.Facts, candidate.Facts, sampling).Where(fact => fact.Equal is false))
            screen.Note($"Careful: baseline and candidate differ in their {fact.Name} ({Short(fact.Baseline)} and {Short(fact.Candidate)}); a difference in answers may come from that.");

        // Of a hash the beginning tells two apart; of words only the whole does.
        static string Short(string? value) => value is { Length: 64 } && value.All(char.IsAsciiHexDigitLower) ? value[..12] + "…" : VisibleText.OneLine(value ?? "unknown", 300);
    }
}
