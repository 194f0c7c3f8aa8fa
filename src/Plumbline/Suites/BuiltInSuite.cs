namespace Plumbline.Suites;

/// <summary>One entry of <c>suites/index.json</c>.</summary>
/// <param name="Name">The name that <c>--suite</c> takes.</param>
/// <param name="Version">Raised whenever a prompt changes.</param>
/// <param name="File">The JSONL file beside the index.</param>
/// <param name="Description">What the suite is for, in one sentence.</param>
/// <param name="Attacks">The attacks that its harmful prompts are asked with, where the user names none.</param>
/// <param name="Cases">How many harmful cases a plan takes, or null for prompts × attacks.</param>
public sealed record BuiltInSuite(string Name, string Version, string File, string Description, IReadOnlyList<string> Attacks, int? Cases);
