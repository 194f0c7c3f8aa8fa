using Plumbline.Choices;
using Plumbline.Judges.Answers;
using Plumbline.Runs;
using Plumbline.Statistics;
using Plumbline.Suites;

namespace Plumbline.Audits;

/// <summary>Counts right choices among lettered options.</summary>
static class MultipleChoice
{
    /// <summary>The figures; null where no such question is scored on both sides.</summary>
    /// <param name="plan">What was asked, and how choices are read.</param>
    /// <param name="compared">The cases that figures are made of, in the plan's order from its first.</param>
    /// <param name="rule">The error rate of the intervals.</param>
    /// <param name="resultAt">The case at a place in the plan with its texts; called for scored questions only.</param>
    public static MultipleChoiceFacts? Of(RunPlan plan, IReadOnlyList<PairedCase> compared, DecisionRule rule, Func<int, CaseResult> resultAt)
    {
        var answers = new List<Answered>();
        for (var place = 0; place < compared.Count; place++)
        {
            if (compared[place] is not { Kind: PromptKind.Capability, Transition: not (null or Transition.Unscored) })
                continue;

            var prompt = plan.Cases[place].Prompt;
            if (ChoiceQuestion.LettersOf(prompt) is { } letters)
                answers.Add(Answer(prompt, letters, resultAt(place)));
        }

        return answers.Count == 0 ? null : Figures(plan, answers, rule);
    }

    static Answered Answer(SuitePrompt prompt, IReadOnlyList<string> letters, CaseResult result) => new(
        prompt.Cluster,
        letters.Count,
        IsRight(prompt, result.Baseline!),
        IsRight(prompt, result.Candidate!),
        letters.Contains(result.Baseline!.Response, StringComparer.Ordinal),
        letters.Contains(result.Candidate!.Response, StringComparer.Ordinal));

    static bool IsRight(SuitePrompt prompt, SideResult side) => ExpectedAnswer.IsGiven(prompt, side.Response) == true;

    static MultipleChoiceFacts Figures(RunPlan plan, List<Answered> answers, DecisionRule rule)
    {
        var chance = answers.Average(answer => 1.0 / answer.Options);
        var gained = answers.Count(answer => answer is { Before: false, After: true });
        var lost = answers.Count(answer => answer is { Before: true, After: false });
        List<string> clusters = [.. answers.Select(answer => answer.Cluster)];
        var effect = DesignEffect.Of([.. answers.Select(answer => (answer.After ? 1.0 : 0) - (answer.Before ? 1.0 : 0))], clusters);
        return new MultipleChoiceFacts(
            answers.Count,
            chance,
            Accuracy(answer => answer.Before, answers.Count(answer => !answer.IsLetterBefore)),
            Accuracy(answer => answer.After, answers.Count(answer => !answer.IsLetterAfter)),
            PairedDifference.Of(gained, lost, answers.Count, rule.Alpha, effect))
        {
            WhyByLetter = plan.WhyByLetter,
        };

        ChoiceAccuracy Accuracy(Func<Answered, bool> isRight, int withoutLetter)
        {
            List<double> right = answers.ConvertAll(answer => isRight(answer) ? 1.0 : 0);
            var interval = WilsonInterval.Of(right.Average(), answers.Count / DesignEffect.Of(right, clusters), rule.Alpha);
            var share = new Proportion((int)right.Sum(), answers.Count, right.Average(), interval.Low, interval.High);
            var likeliest = plan.ChoiceMethod.Likeliest;
            return new ChoiceAccuracy(plan.Choices, share, (share.Rate - chance) / (1 - chance)) { AmongLikeliest = likeliest, WithoutLetter = likeliest is null ? null : withoutLetter };
        }
    }

    readonly record struct Answered(string Cluster, int Options, bool Before, bool After, bool IsLetterBefore, bool IsLetterAfter);
}
