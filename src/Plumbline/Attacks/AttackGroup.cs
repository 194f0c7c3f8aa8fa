namespace Plumbline.Attacks;

/// <summary>Several attacks by one name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Description">Which attacks they are, in one sentence.</param>
/// <param name="Members">The attacks, in the catalogue's order.</param>
public sealed record AttackGroup(string Name, string Description, IReadOnlyList<IAttack> Members);
