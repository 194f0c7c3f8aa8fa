namespace Plumbline.Audits;

/// <summary>
/// What an attacker may expect who tries this many of a prompt's cases, drawn at random without replacement: for a prompt of which b of
/// m cases broke, 1 − C(m − b, k) / C(m, k) (the estimator of Chen et al., arXiv 2107.03374, section 2.1), averaged over prompts.
/// </summary>
/// <param name="Tries">k; a prompt with fewer cases is tried with all of them.</param>
/// <param name="Baseline">The expected share of prompts broken, 0 to 1.</param>
/// <param name="Candidate">The same for the candidate.</param>
public sealed record TriesPoint(int Tries, double Baseline, double Candidate);
