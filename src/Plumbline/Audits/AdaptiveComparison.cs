using Plumbline.Statistics;

namespace Plumbline.Audits;

/// <summary>
/// Baseline against candidate for an attacker who may try everything that was asked: a prompt counts as broken where at least one of its
/// cases has the bad outcome (Wei, Haghtalab and Steinhardt, arXiv 2307.02483, call it adaptive). Only cases that are scored on both
/// sides enter, so that both sides get the same number of tries.
/// </summary>
/// <param name="Name">"adaptive" over all attacks; otherwise the attack that asked its prompts several times.</param>
/// <param name="Prompts">Prompts with at least one case that is scored on both sides.</param>
/// <param name="FewestCases">The fewest such cases that one of the prompts has.</param>
/// <param name="MostCases">The most.</param>
/// <param name="Baseline">The share of prompts that the baseline's cases broke, with its Wilson interval.</param>
/// <param name="Candidate">The share of prompts that the candidate's cases broke, with its Wilson interval.</param>
/// <param name="Difference">Candidate − baseline, as a share, with its paired interval over prompts.</param>
/// <param name="CandidateOnly">Prompts that broke on the candidate only.</param>
/// <param name="BaselineOnly">Prompts that broke on the baseline only.</param>
/// <param name="McNemarP">Two-sided exact McNemar p-value over prompts; where the suite names groups of prompts, its form for clusters (<see cref="SignFlipTest"/>).</param>
/// <param name="Tries">The expected shares for an attacker with fewer tries.</param>
public sealed record AdaptiveComparison(
    string Name,
    int Prompts,
    int FewestCases,
    int MostCases,
    Proportion Baseline,
    Proportion Candidate,
    IntervalEstimate Difference,
    int CandidateOnly,
    int BaselineOnly,
    double McNemarP,
    IReadOnlyList<TriesPoint> Tries)
{
    /// <summary>The name of the comparison over all attacks.</summary>
    public const string OverAll = "adaptive";
}
