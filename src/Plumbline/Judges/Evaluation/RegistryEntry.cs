using System.Text.Json.Serialization;

namespace Plumbline.Judges.Evaluation;

/// <summary>One line of a registry: one of the two.</summary>
sealed record RegistryEntry
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JudgeQuality? Quality { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public InjectionQuality? Injections { get; init; }
}
