using System.Globalization;
using Plumbline.Naming;

namespace Plumbline.Audits;

/// <summary>How many of each side's answers were cut off at the token limit. What a judge reads of such an answer is its beginning.</summary>
/// <param name="Baseline">The baseline's.</param>
/// <param name="Candidate">The candidate's.</param>
/// <param name="Answers">How many answers each side has, at most.</param>
public sealed record CutAnswers(int Baseline, int Candidate, int Answers)
{
    /// <summary>Both sides; null where no answer is cut.</summary>
    internal static CutAnswers? Of(IReadOnlyList<PairedCase> pairs)
    {
        var (baseline, candidate, answers) = (0, 0, 0);
        foreach (var pair in pairs)
        {
            baseline += pair.Baseline is { IsCut: true } ? 1 : 0;
            candidate += pair.Candidate is { IsCut: true } ? 1 : 0;
            answers += pair.Baseline is not null || pair.Candidate is not null ? 1 : 0;
        }

        return baseline + candidate == 0 ? null : new CutAnswers(baseline, candidate, answers);
    }

    /// <summary>What is to be known of them.</summary>
    /// <param name="limit">The token limit.</param>
    /// <param name="few">The share that needs no more words.</param>
    internal string Sentence(int limit, double few) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Thousands.Of(Baseline)} of the baseline's and {Thousands.Of(Candidate)} of the candidate's {Thousands.Of(Answers)} answers were cut off at the limit of {Thousands.Of(limit)} tokens: what is scored of them is their beginning, and those too short to tell are unscored.")
        + (Math.Max(Baseline, Candidate) > few * Answers ? " That is more than a few: a task may have been on its way to the right answer, and an answer to its harm. Raise --max-tokens and ask again." : "");
}
