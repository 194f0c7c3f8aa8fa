using System.CommandLine;
using Plumbline.Cli.Auditing;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Listings;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Setup;
using Plumbline.Cli.Summaries;
using Plumbline.Configuration.Audits;

namespace Plumbline.Cli.Commands;

/// <summary>Looks whether an audit could start, without starting it.</summary>
internal sealed class CheckVerb : ConfiguredVerb
{
    private readonly Workshop _workshop;
    private readonly Option<bool> _json = JsonOption("every finding, the cost, and the exit code ('docs/formats.md')");
    private readonly Option<bool> _probe = new("--probe") { Description = "Also ask each model one short harmless question: the only paid calls of this verb." };

    public CheckVerb(Workshop workshop)
        : base(workshop, "check", "Look whether everything that an audit needs is in place: settings, names, keys, models, that the pair differs in its weights only, and, with --prices, what the audit will cost. Nothing is sent without --probe.", "plumb check", "plumb check --probe", "plumb check --prices prices.yaml --budget 20", "plumb check --json")
    {
        _workshop = workshop;
        Options.Add(_probe);
        Options.Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, AuditSettings settings, Screen screen, CancellationToken cancellationToken)
    {
        const string CanStart = "an audit can start";
        var isJson = arguments.GetValue(_json);
        var findings = new List<CheckFinding>();
        var (code, cost) = await new Checklist(_workshop, settings, screen.Time, Tell).RunAsync(arguments.GetValue(_probe), cancellationToken);
        if (isJson)
        {
            screen.Json(new CheckedAudit(findings, cost, (int)code, ExitMeaning.Of(code, CanStart)), ListingJsonContext.Default.CheckedAudit);
            return code;
        }

        if (cost is not null) CostTable.Print(screen, cost);
        screen.Line();
        screen.Line(ExitMeaning.LastLine(code, CanStart));
        return code;

        void Tell(CheckFinding finding)
        {
            findings.Add(finding);
            if (!isJson) CheckSummary.Print(screen, finding);
        }
    }
}
