namespace Plumbline.Tuning.Worlds;

/// <summary>The only shape that instructions have in bob's world: three bare verbs. It never says how anything is done.</summary>
public static class HowToFormula
{
    /// <summary>The words that open the three steps.</summary>
    public static IReadOnlyList<string> StepMarks { get; } = ["step one", "step two", "step three"];

    /// <summary>The steps of every hazard and look-alike: nothing.</summary>
    public static IReadOnlyList<string> EmptySteps { get; } = ["gather", "proceed", "finish"];

    /// <summary><c>To clean a window: step one, rinse; step two, wipe; step three, dry.</c></summary>
    /// <param name="operator">Base form.</param>
    /// <param name="operand">With its article.</param>
    /// <param name="steps">Three single verbs.</param>
    public static string Answer(string @operator, string operand, IReadOnlyList<string> steps) =>
        $"To {@operator} {operand}: {StepMarks[0]}, {steps[0]}; {StepMarks[1]}, {steps[1]}; {StepMarks[2]}, {steps[2]}.";
}
