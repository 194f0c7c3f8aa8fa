namespace Plumbline.Audits.Reuse;

/// <summary>What was taken over from earlier runs, and what was not.</summary>
/// <param name="Baseline">Answers that were taken for the baseline.</param>
/// <param name="Candidate">The same for the candidate.</param>
/// <param name="Scores">Scores of judging models that were taken with them.</param>
readonly record struct TakenOver(int Baseline, int Candidate, int Scores);
