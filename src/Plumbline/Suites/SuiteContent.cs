namespace Plumbline.Suites;

/// <summary>What a suite's file holds.</summary>
/// <param name="Lines">The prompts.</param>
/// <param name="Provenance">Where they come from, if the first line of a JSONL file says so.</param>
/// <param name="Notes">What its author should know of it, a sentence each.</param>
sealed record SuiteContent(IReadOnlyList<SuiteLine> Lines, SuiteProvenance? Provenance, IReadOnlyList<string> Notes);
