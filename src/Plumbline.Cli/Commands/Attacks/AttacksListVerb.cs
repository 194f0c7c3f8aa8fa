using System.CommandLine;
using Plumbline.Attacks;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Listings;
using Plumbline.Cli.Screens;
using Plumbline.Reports.Text;

namespace Plumbline.Cli.Commands.Attacks;

/// <summary>Lists what <c>--attack</c> takes.</summary>
internal sealed class AttacksListVerb : Verb
{
    private readonly Option<bool> _json = JsonOption("an array of objects with name, kind, mode, isEncoding, isAblation, description and source");

    public AttacksListVerb()
        : base("list", "List the attacks, those that take a value, and the names that stand for several.", "plumb attacks list", "plumb attacks list --json") => Options.Add(_json);

    public override Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        List<ListedAttack> attacks =
        [
            .. AttackCatalog.All.Select(attack => new ListedAttack(attack.Id, "attack", Mode(attack.Mode), attack.IsEncoding, attack.IsAblation, attack.Description, attack.Source)),
            .. AttackCatalog.Forms.Select(form => new ListedAttack(form.Usage, "form", Mode(form.Mode), IsEncoding: false, IsAblation: false, form.Description, form.Source)),
            .. AttackCatalog.Groups.Select(group => new ListedAttack(group.Name, "group", Mode: null, IsEncoding: false, IsAblation: false, group.Description, Source: null)),
        ];
        if (arguments.GetValue(_json))
        {
            screen.Json(attacks, ListingJsonContext.Default.IReadOnlyListListedAttack);
            return Task.FromResult(ExitCode.Fine);
        }

        var width = attacks.Max(attack => attack.Name.Length);
        foreach (var attack in attacks)
        {
            string[] notes = [.. attack.Mode is { } mode ? new[] { mode } : [], .. attack.IsAblation ? new[] { "an ablation" } : [], .. attack.IsEncoding ? new[] { "an encoding" } : []];
            screen.Sentence($"{attack.Description}{(notes.Length > 0 ? $" ({string.Join(", ", notes)})" : "")}", $"{attack.Name.PadRight(width)}  ");
        }

        return Task.FromResult(ExitCode.Fine);
    }

    private static string Mode(FailureMode mode) => Wording.Of(mode);
}
