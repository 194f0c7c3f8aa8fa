using System.CommandLine;
using Plumbline.Attacks;
using Plumbline.Cli.Choices;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Judges.Models;
using Plumbline.Reports.Text;
using Plumbline.Suites;

namespace Plumbline.Cli.Commands;

/// <summary>Lists what <c>--suite</c>, <c>--attack</c> and <c>--judge</c> take.</summary>
internal sealed class ListVerb : Verb
{
    public ListVerb()
        : base("list", "List the built-in suites, attacks and judges.", "plumb list")
    {
    }

    public override Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        screen.Line("Suites (--suite):");
        foreach (var suite in BuiltInSuites.All) screen.Line($"  {suite.Name,-24} {suite.Description}");
        screen.Line();
        screen.Line("Attacks (--attack):");
        foreach (var attack in AttackCatalog.All) screen.Line($"  {attack.Id,-24} {attack.Description} ({Notes(attack)})");
        foreach (var form in AttackCatalog.Forms) screen.Line($"  {form.Usage,-24} {form.Description} ({Wording.Of(form.Mode)})");
        foreach (var group in AttackCatalog.Groups) screen.Line($"  {group.Name,-24} {group.Description}");
        screen.Line();
        screen.Line("Judges (--judge):");
        foreach (var judge in JudgeChoice.All) screen.Line($"  {judge.Id,-24} {judge.Description}");
        foreach (var protocol in JudgeProtocols.All) screen.Line($"  {protocol.Id + "@MODEL",-24} {protocol.Description}");
        return Task.FromResult(ExitCode.Fine);
    }

    private static string Notes(IAttack attack) =>
        Wording.Of(attack.Mode) + (attack.IsAblation ? ", an ablation" : "") + (attack.IsEncoding ? ", an encoding" : "");
}
