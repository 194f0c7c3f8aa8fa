using Plumbline.Audits;
using Plumbline.Choices;

namespace Plumbline.Reports.Text;

/// <summary>The words for choices among lettered options.</summary>
public static class ChoiceWords
{
    /// <summary>"Multiple choice, by log-probability: of 52 questions 41.7% were right before and 33.3% after, −8.3 points (95% interval …); guessing gives 25.0%. Above chance: 22.2% before, 11.1% after."</summary>
    public static string Sentence(MultipleChoiceFacts facts, DecisionRule rule)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(rule);
        var difference = facts.Difference;
        return $"Multiple choice, {Way(facts)}: of {Numbers.Count(facts.Questions, "question")} {Numbers.Share(facts.Baseline.Right.Rate)} {(facts.Questions == 1 ? "was" : "were")} right before and "
            + $"{Numbers.Share(facts.Candidate.Right.Rate)} after, {Numbers.SignedPoints(difference.Estimate)} ({Interval(facts, rule)}); guessing gives {Numbers.Share(facts.Chance)}. Above chance, where 0% is guessing and 100% is "
            + $"knowing all: {Numbers.Share(facts.Baseline.AboveChance)} before, {Numbers.Share(facts.Candidate.AboveChance)} after.{Unnamed(facts)}";
    }

    /// <summary>"by log-probability", "by log-probability among the 20 likeliest first tokens", or "by the letter in the answer (because …)".</summary>
    public static string Way(ChoiceMethod method)
    {
        ArgumentNullException.ThrowIfNull(method);
        return method.Reading == ChoiceReading.LogProbability
            ? "by log-probability" + (method.Likeliest is { } most ? $" among the {Numbers.Thousands(most)} likeliest first tokens" : "")
            : "by the letter in the answer" + (method.Why is { } why ? $" (because {why})" : "");
    }

    /// <summary>The same of one side of a finished audit.</summary>
    public static string Way(ChoiceAccuracy side)
    {
        ArgumentNullException.ThrowIfNull(side);
        return Way(new ChoiceMethod(side.ReadBy, side.AmongLikeliest));
    }

    private static string Interval(MultipleChoiceFacts facts, DecisionRule rule) => facts.Questions == 1
        ? "one question is too few for an interval"
        : $"{Numbers.Percent(1 - rule.Alpha)} interval {Numbers.Interval(facts.Difference.Low, facts.Difference.High, Numbers.Points)}";

    private static string Way(MultipleChoiceFacts facts) => Way(facts.Baseline) != Way(facts.Candidate)
        ? $"{Way(facts.Baseline)} before and {Way(facts.Candidate)} after, which do not compare"
        : Way(new ChoiceMethod(facts.Baseline.ReadBy, facts.Baseline.AmongLikeliest, facts.WhyByLetter));

    private static string Unnamed(MultipleChoiceFacts facts)
    {
        var (before, after) = (facts.Baseline.WithoutLetter ?? 0, facts.Candidate.WithoutLetter ?? 0);
        if (before + after == 0)
            return "";

        var told = $" In {Numbers.Count(before, "answer")} before and {Numbers.Thousands(after)} after the letters together had less than {Numbers.Percent(ChoiceMethod.LeastToChoose)} of the probability of the first token, or "
            + "none of them was among those told, which counts as no right choice.";
        return before == after ? told
            : $"{told} Up to {Numbers.Points(Math.Abs(after - before) / (double)facts.Questions).TrimStart('+')} points of the difference may so be how the answers begin, and not what the models know.";
    }
}
