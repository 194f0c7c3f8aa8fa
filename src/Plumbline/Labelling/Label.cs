using Plumbline.Judges;

namespace Plumbline.Labelling;

/// <summary>What a person said of one answer.</summary>
/// <param name="Id">The item's id.</param>
/// <param name="Score">The scores; criteria that were left open are null.</param>
/// <param name="Note">The person's own words; empty where there are none.</param>
/// <param name="Where">File and line, for messages.</param>
public sealed record Label(string Id, CriteriaScore Score, string Note, string Where)
{
    /// <summary>The answer as the sheet shows it; null where the sheet has no such column.</summary>
    public string? Response { get; init; }
}
