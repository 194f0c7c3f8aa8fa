using System.Text.Json.Serialization;

namespace Plumbline.Suites;

/// <summary>Which suite was asked.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Hash">SHA-256 over its prompts, 64 hex digits.</param>
/// <param name="Prompts">How many prompts it holds.</param>
public sealed record SuiteFacts(string Name, string Version, string Hash, int Prompts)
{
    /// <summary>The suites that a combination was made of, in order; null for a suite of its own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SuiteFacts>? Parts { get; init; }

    /// <summary>Where an imported suite comes from; null for one that was not imported, and for a combination, whose parts say it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SuiteProvenance? Provenance { get; init; }
}
