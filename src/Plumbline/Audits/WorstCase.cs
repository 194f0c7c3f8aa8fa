using Plumbline.Statistics;

namespace Plumbline.Audits;

/// <summary>A comparison in which every case without a score counts as bad on the baseline and good on the candidate: what of a regression missing cases
/// cannot have made.</summary>
/// <param name="Difference">Candidate − baseline, over all planned cases, with the paired interval; its design effect is of these cases.</param>
/// <param name="PromptP">Two-sided exact p-value over prompts (<see cref="SignFlipTest"/>).</param>
public sealed record WorstCase(IntervalEstimate Difference, double PromptP);
