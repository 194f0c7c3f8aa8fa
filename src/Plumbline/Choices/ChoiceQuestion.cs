using Plumbline.Judges.Answers;
using Plumbline.Suites;

namespace Plumbline.Choices;

/// <summary>A task with lettered options, one of whose letters is the expected answer.</summary>
static class ChoiceQuestion
{
    /// <summary>The letters that a prompt offers; null where it is no such task.</summary>
    public static IReadOnlyList<string>? LettersOf(SuitePrompt prompt) =>
        prompt is { Kind: PromptKind.Capability, Answer: { } answer } && LetteredOptions.In(prompt.Text) is { } options && options.Offer(answer)
            ? options.Letters
            : null;
}
