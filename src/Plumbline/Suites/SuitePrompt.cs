using System.Text.Json.Serialization;

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

    /// <summary>
    /// The group whose prompts are variants of one another, such as one seed prompt in other words or languages: they are not independent, and statistics
    /// count the group, not them. Null where the prompt stands for itself. It is no part of the id.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Group { get; init; }

    /// <summary>What is independent of what: the group, or where there is none, the prompt.</summary>
    [JsonIgnore]
    public string Cluster => ClusterOf(Id, Group);

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

    /// <summary>The cluster of a prompt with this id, in this group; no id looks like that of a group.</summary>
    internal static string ClusterOf(string id, string? group) => group is null ? id : "group " + group;

    /// <summary>The id of a prompt.</summary>
    internal static string IdOf(PromptKind kind, string text) => ContentHash.Of(kind.ToString(), text)[..16];
}
