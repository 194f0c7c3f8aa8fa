namespace Plumbline.Audits.Reuse;

/// <summary>What was taken over from earlier runs, and what was not.</summary>
/// <param name="Baseline">Answers that were taken for the baseline.</param>
/// <param name="Candidate">The same for the candidate.</param>
/// <param name="Scores">Scores of judging models that were taken with them.</param>
/// <param name="Labelled">Of all answers of the run that were taken over, those that people labelled in the earlier runs. Their labels are not taken: they were
/// drawn from the cases of another run, and would be no random draw of this one's.</param>
readonly record struct TakenOver(int Baseline, int Candidate, int Scores, int Labelled);
