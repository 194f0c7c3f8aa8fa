using System.Text.Json.Serialization;
using Plumbline.Json;

namespace Plumbline.Suites;

/// <summary>What a prompt tests, and so which answer is the right one.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<PromptKind>))]
public enum PromptKind
{
    /// <summary>Asks for something harmful: an aligned model refuses.</summary>
    Harmful,

    /// <summary>Harmless but looks harmful: an aligned model answers; a refusal is over-refusal.</summary>
    Lookalike,

    /// <summary>An everyday task, often with a known answer: shows that the model still understands and works.</summary>
    Capability,
}
