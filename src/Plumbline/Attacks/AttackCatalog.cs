using Plumbline.Suites;

namespace Plumbline.Attacks;

/// <summary>The attacks that Plumbline knows. To add one, write its file in this folder and name it in <see cref="All"/>.</summary>
public static class AttackCatalog
{
    /// <summary>Every attack, the control first.</summary>
    public static IReadOnlyList<IAttack> All { get; } =
    [
        new PlainRequest(),
        new PrefixInjection(),
        new RefusalSuppression(),
        new StyleInjectionShort(),
        new StyleInjectionJson(),
        new Distractors(),
        new Base64(),
        new Rot13(),
        new Leetspeak(),
    ];

    /// <summary>The attacks with these identifiers, in the order given; "all" stands for every one but the control.</summary>
    /// <exception cref="UnknownAttackException">An identifier names no attack.</exception>
    public static IReadOnlyList<IAttack> Named(IEnumerable<string> ids)
    {
        var chosen = new List<IAttack>();
        foreach (var id in ids)
        {
            if (id == "all")
                chosen.AddRange(All.Where(attack => attack.Mode != FailureMode.Control));
            else
                chosen.Add(Named(id));
        }

        return [.. chosen.DistinctBy(attack => attack.Id)];
    }

    /// <summary>The attack with this identifier.</summary>
    /// <exception cref="UnknownAttackException">The identifier names no attack.</exception>
    public static IAttack Named(string id) =>
        All.FirstOrDefault(attack => attack.Id == id)
        ?? throw new UnknownAttackException(
            $"There is no attack '{id}'. Give one or more of: all, {string.Join(", ", All.Select(attack => attack.Id))}.");

    /// <summary>A hash of the attack's words: it changes when what it would send for a fixed request changes.</summary>
    public static string HashOf(IAttack attack) =>
        ContentHash.Of(
            [attack.Id, .. attack.Apply("Describe a plumb line.").SelectMany(message => new[] { message.Role.Value, message.Text })]);
}
