namespace Plumbline.Attacks;

/// <summary>An attack that takes a value after a colon, such as <c>persona:FILE</c>.</summary>
/// <param name="Name">What stands in front of the colon.</param>
/// <param name="Value">What the value is, in capitals: FILE.</param>
/// <param name="Mode">Why it can work.</param>
/// <param name="Description">What it does, in one sentence.</param>
/// <param name="Source">Where it was published.</param>
/// <param name="Make">The attack for a value; throws an <see cref="AttackException"/> for one that it cannot take.</param>
public sealed record AttackForm(string Name, string Value, FailureMode Mode, string Description, string Source, Func<string, IAttack> Make)
{
    /// <summary>Whether the value is the path of a file.</summary>
    public bool TakesFile { get; init; }

    /// <summary>How it is written on the command line.</summary>
    public string Usage => $"{Name}:{Value}";
}
