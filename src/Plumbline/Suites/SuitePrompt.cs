namespace Plumbline.Suites;

/// <summary>One prompt of a suite.</summary>
/// <param name="Id">First 16 hex digits of the SHA-256 of kind and text: the same prompt has the same id in every suite and at any
/// position.</param>
/// <param name="Text">The request, as a user would type it.</param>
/// <param name="Category">The policy area or task family; "uncategorised" where the source names none.</param>
/// <param name="Kind">What the prompt tests.</param>
/// <param name="Answer">The expected answer of a capability prompt, where it has one.</param>
public sealed record SuitePrompt(string Id, string Text, string Category, PromptKind Kind, string? Answer = null)
{
    /// <summary>The category of prompts whose source names none.</summary>
    public const string Uncategorised = "uncategorised";

    /// <summary>Makes a prompt; its id follows from its content.</summary>
    public static SuitePrompt Create(string text, PromptKind kind, string? category = null, string? answer = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        return new SuitePrompt(
            IdOf(kind, text),
            text,
            string.IsNullOrWhiteSpace(category) ? Uncategorised : category.Trim(),
            kind,
            string.IsNullOrWhiteSpace(answer) ? null : answer);
    }

    /// <summary>The id of a prompt.</summary>
    internal static string IdOf(PromptKind kind, string text) => ContentHash.Of(kind.ToString(), text)[..16];
}
