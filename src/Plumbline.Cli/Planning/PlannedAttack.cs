namespace Plumbline.Cli.Planning;

/// <summary>How many cases of each kind an attack asks.</summary>
/// <param name="Name">The attack.</param>
/// <param name="Harmful">Cases of harmful prompts.</param>
/// <param name="Lookalike">Cases of look-alikes.</param>
/// <param name="Capability">Cases of tasks.</param>
internal sealed record PlannedAttack(string Name, int Harmful, int Lookalike, int Capability);
