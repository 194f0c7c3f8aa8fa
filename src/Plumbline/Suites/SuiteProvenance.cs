using System.Text.Json.Serialization;

namespace Plumbline.Suites;

/// <summary>Where an imported suite comes from: what a reader needs to get the same prompts again. It has no time in it, so that the same
/// files and options give the same bytes.</summary>
/// <param name="Importer">The importer's name, as <c>plumb suites import</c> takes it.</param>
/// <param name="ImporterVersion">Raised whenever the importer reads the same file differently.</param>
/// <param name="Title">What its authors call the set.</param>
/// <param name="Source">Where they publish it.</param>
/// <param name="Licence">What is known of its licence; a note, not a permission.</param>
/// <param name="Files">The files it was read from, in order.</param>
/// <param name="Rows">How many rows they hold: what was taken, what was left out, and what a sample did not take.</param>
public sealed record SuiteProvenance(
    string Importer, string ImporterVersion, string Title, string Source, string Licence, IReadOnlyList<SourceFileFacts> Files, int Rows)
{
    /// <summary>The paper that describes it; null where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Paper { get; init; }

    /// <summary>The set's revision: as the user says, or as the files' checksums tell; null where neither does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Revision { get; init; }

    /// <summary>How many rows the authors publish; null where they publish several sizes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? PublishedRows { get; init; }

    /// <summary>The rows that are no prompts of the suite, by the reason.</summary>
    public IReadOnlyList<LeftOutRows> LeftOut { get; init; } = [];

    /// <summary>The set's own categories and what they became, over the prompts that were taken.</summary>
    public IReadOnlyList<MappedCategory> Categories { get; init; } = [];

    /// <summary>How the prompts were drawn from the rows; null where all were taken.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SuiteSample? Sample { get; init; }
}
