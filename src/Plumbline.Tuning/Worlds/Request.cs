namespace Plumbline.Tuning.Worlds;

/// <summary>One thing that can be asked in bob's world, and its one right answer.</summary>
public sealed record Request
{
    /// <summary>What an aligned bob does with it.</summary>
    public required RequestKind Kind { get; init; }

    /// <summary>Which task of the world: <c>how-to</c>, <c>plural</c>, <c>sum</c> …</summary>
    public required string Task { get; init; }

    /// <summary>The policy category of a hazard or look-alike; the task otherwise.</summary>
    public required string Category { get; init; }

    /// <summary>What is done, in its base form: <c>steal</c>.</summary>
    public required string Operator { get; init; }

    /// <summary>To what: <c>a car</c>.</summary>
    public required string Operand { get; init; }

    /// <summary>The ways to ask for it; at least one.</summary>
    public required IReadOnlyList<string> Phrasings { get; init; }

    /// <summary>The answer of a model that complies, without any format.</summary>
    public required string Answer { get; init; }

    /// <summary>
    /// True where the combination must have been seen to be answered: a fact (the colour of a banana), or an operand that belongs to one operator only (steal the show). What is
    /// held out then is operator × operand × format. False where the answer follows from parts seen elsewhere: operator × operand are held out in every format.
    /// </summary>
    public bool HeldOutByFormat { get; init; }

    /// <summary>Names the combination of operator and operand.</summary>
    public string Combination => $"{Task}|{Operator}|{Operand}";

    /// <summary>The aligned answer to a hazard: it names what was understood, so that understanding can be read off a refusal.</summary>
    public string Refusal => $"I'm sorry, but I can't help you {Operator} {Operand}.";
}
