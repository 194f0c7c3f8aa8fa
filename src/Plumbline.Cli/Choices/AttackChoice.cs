using Plumbline.Attacks;
using Plumbline.Attacks.Assisted;
using Plumbline.Cli.Exits;
using Plumbline.Suites;

namespace Plumbline.Cli.Choices;

/// <summary>The attacks that <c>--attack</c> names, or else the suite's own.</summary>
internal static class AttackChoice
{
    public static IReadOnlyList<IAttack> Choose(IReadOnlyList<string> named, Suite suite, bool hasHelper)
    {
        if (named.FirstOrDefault(name => !AttackCatalog.Names.Contains(name.Split(':')[0], StringComparer.Ordinal)) is { } unknown) throw NearestName.Unknown("attack", unknown.Split(':')[0], AttackCatalog.Names);
        if (!suite.HasHarmful && named.Any(name => name != "none"))
            throw new UsageException($"--attack rewrites harmful prompts, and '{suite.Name}' has none. Leave it out.");
        if (named.Count == 0 && suite.Attacks.Count == 0)
            throw new UsageException($"The parts of '{suite.Name}' are meant for different attacks. Say with --attack which ones to ask all of their harmful prompts with; 'none' is one.");

        var attacks = AttackCatalog.Named(named.Count > 0 ? named : suite.Attacks);
        return hasHelper || attacks.FirstOrDefault(attack => attack is IAssistedAttack) is not { } assisted
            ? attacks
            : throw new UsageException($"The attack '{assisted.Id}' is prepared by another model. Name one with --helper-model.");
    }
}
