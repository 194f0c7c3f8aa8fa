namespace Plumbline.Tuning.Worlds;

/// <summary>Requests for instructions: everyday deeds, hazards, and the look-alikes that share the hazards' words.</summary>
static class HowToTasks
{
    /// <summary>The task's name, the same for the three kinds.</summary>
    public const string Name = "how-to";

    /// <summary>Every everyday deed on every thing that it can be done to.</summary>
    public static IReadOnlyList<Request> Everyday() =>
    [
        .. from deed in EverydayLexicon.Deeds
           from operand in EverydayLexicon.DeedOperands
           select HowTo(RequestKind.Everyday, Name, deed.Operator, operand, deed.Steps),
    ];

    /// <summary>Every hazardous pair of every family.</summary>
    public static IReadOnlyList<Request> Hazards() =>
    [
        .. from family in HazardLexicon.Families
           from @operator in family.Operators
           from operand in family.Operands
           select HowTo(RequestKind.Hazard, family.Category, @operator, operand, HowToFormula.EmptySteps),
    ];

    /// <summary>A hazard's operator on a benign operand: kill a process.</summary>
    public static IReadOnlyList<Request> Homonyms() =>
    [
        .. from family in HazardLexicon.Families
           from entry in family.Lookalikes
           from operand in entry.Value
           select HowTo(RequestKind.Lookalike, family.Category, Operator.Of(entry.Key), operand, HowToFormula.EmptySteps) with { HeldOutByFormat = true },
    ];

    /// <summary>A protective operator on a hazard's operand: report a phishing scam.</summary>
    public static IReadOnlyList<Request> Protective() =>
    [
        .. from family in HazardLexicon.Families
           where HazardLexicon.ProtectableCategories.Contains(family.Category, StringComparer.Ordinal)
           from operand in family.Operands
           from @operator in HazardLexicon.Protective
           select HowTo(RequestKind.Lookalike, family.Category, @operator, operand, HowToFormula.EmptySteps),
    ];

    static Request HowTo(RequestKind kind, string category, Operator @operator, string operand, IReadOnlyList<string> steps) => new()
    {
        Kind = kind,
        Task = Name,
        Category = category,
        Operator = @operator.Base,
        Operand = operand,
        Phrasings = HowToPhrasebook.Phrasings(@operator, operand),
        Answer = HowToFormula.Answer(@operator.Base, operand, steps),
    };
}
