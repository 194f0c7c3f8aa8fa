using System.CommandLine;
using Plumbline.Cli.Auditing;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Setup;
using Plumbline.Configuration.Audits;

namespace Plumbline.Cli.Commands;

/// <summary>Looks whether an audit could start, without starting it.</summary>
internal sealed class CheckVerb : ConfiguredVerb
{
    private readonly Workshop _workshop;
    private readonly Option<bool> _probe = new("--probe") { Description = "Also ask each model one short harmless question: the only paid calls of this verb." };

    public CheckVerb(Workshop workshop)
        : base(workshop, "check", "Look whether everything that an audit needs is in place: settings, names, keys, models, that the pair differs in its weights only, and, with --prices, what the audit will cost. Nothing is sent without --probe.", "plumb check", "plumb check --probe", "plumb check --prices prices.yaml --budget 20")
    {
        _workshop = workshop;
        Options.Add(_probe);
    }

    protected override Task<ExitCode> RunAsync(ParseResult arguments, AuditSettings settings, Screen screen, CancellationToken cancellationToken) =>
        new Checklist(screen, _workshop, settings).RunAsync(arguments.GetValue(_probe), cancellationToken);
}
