namespace Plumbline.Suites;

/// <summary>What a JSONL file holds.</summary>
/// <param name="Lines">The prompts.</param>
/// <param name="Provenance">Where they come from, if the first line says so.</param>
sealed record JsonlContent(IReadOnlyList<SuiteLine> Lines, SuiteProvenance? Provenance);
