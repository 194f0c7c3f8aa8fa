namespace Plumbline.Tuning.Domains;

/// <summary>A sentence and those that can follow it, by how they follow.</summary>
sealed record DomainFinding(
    string Sentence,
    string Consequence,
    string Addition,
    string Contrast,
    string Cause,
    string Restatement);
