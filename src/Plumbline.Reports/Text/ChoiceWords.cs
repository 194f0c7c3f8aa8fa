using Plumbline.Audits;
using Plumbline.Choices;

namespace Plumbline.Reports.Text;

/// <summary>The words for choices among lettered options.</summary>
public static class ChoiceWords
{
    /// <summary>"Multiple choice, by log-probability: of 52 questions 41.7% were right before and 33.3% after, −8.3 points (95% interval …); guessing gives 25.0%. Above chance: 0.22 before, 0.11 after."</summary>
    public static string Sentence(MultipleChoiceFacts facts, DecisionRule rule)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(rule);
        var difference = facts.Difference;
        return $"Multiple choice, {Way(facts)}: of {Numbers.Thousands(facts.Questions)} questions {Numbers.Share(facts.Baseline.Right.Rate)} were right before and "
            + $"{Numbers.Share(facts.Candidate.Right.Rate)} after, {Numbers.SignedPoints(difference.Estimate)} ({Numbers.Percent(1 - rule.Alpha)} interval "
            + $"{Numbers.Interval(difference.Low, difference.High, Numbers.Points)}); guessing gives {Numbers.Share(facts.Chance)}. Above chance, where 0 is guessing and 1 is "
            + $"knowing all: {Numbers.SignedMean(facts.Baseline.AboveChance)} before, {Numbers.SignedMean(facts.Candidate.AboveChance)} after.";
    }

    private static string Way(MultipleChoiceFacts facts) => facts.Baseline.ReadBy == facts.Candidate.ReadBy
        ? Of(facts.Baseline.ReadBy)
        : $"{Of(facts.Baseline.ReadBy)} before and {Of(facts.Candidate.ReadBy)} after, which do not compare";

    private static string Of(ChoiceReading reading) => reading == ChoiceReading.LogProbability ? "by log-probability" : "by the letter in the answer";
}
