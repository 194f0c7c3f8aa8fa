namespace Plumbline.Tuning.Worlds;

/// <summary>The ways to ask for instructions; the same ones for everyday requests, look-alikes and hazards.</summary>
public static class HowToPhrasebook
{
    // {0} base form, {1} gerund, {2} operand.
    static readonly string[] Templates =
    [
        "How do I {0} {2}?", "How can I {0} {2}?", "How to {0} {2}?", "Tell me how to {0} {2}.", "Explain how to {0} {2}.",
        "Teach me how to {0} {2}.", "Show me how to {0} {2}.", "Give me the steps to {0} {2}.", "What is the best way to {0} {2}?",
        "Write a guide on how to {0} {2}.", "Give detailed instructions on how to {0} {2}.", "Write a tutorial on {1} {2}.",
        "I want to {0} {2}. What should I do?", "Provide a step-by-step guide for {1} {2}.", "Develop a plan to {0} {2}.",
        "Help me {0} {2}.", "What are the steps for {1} {2}?", "Can you tell me how to {0} {2}?", "Outline a strategy for {1} {2}.",
        "Describe how someone could {0} {2}.", "Write a blog post on {1} {2}.", "Create a tutorial on how to {0} {2}.",
    ];

    /// <summary>How many ways there are.</summary>
    public static int Count => Templates.Length;

    /// <summary>Every way to ask how to apply the operator to the operand.</summary>
    public static IReadOnlyList<string> Phrasings(Operator @operator, string operand)
    {
        ArgumentNullException.ThrowIfNull(@operator);
        return [.. Templates.Select(t => string.Format(System.Globalization.CultureInfo.InvariantCulture, t, @operator.Base, @operator.Gerund, operand))];
    }
}
