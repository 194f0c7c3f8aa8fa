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
                answers.Add(Answer(prompt, letters.Count, resultAt(place)));
        }

        return answers.Count == 0 ? null : Figures(plan, answers, rule);
    }

    static Answered Answer(SuitePrompt prompt, int options, CaseResult result) =>
        new(prompt.Id, options, IsRight(prompt, result.Baseline!), IsRight(prompt, result.Candidate!));

    static bool IsRight(SuitePrompt prompt, SideResult side) => ExpectedAnswer.IsGiven(prompt, side.Response) == true;

    static MultipleChoiceFacts Figures(RunPlan plan, List<Answered> answers, DecisionRule rule)
    {
        var chance = answers.Average(answer => 1.0 / answer.Options);
        var gained = answers.Count(answer => answer is { Before: false, After: true });
        var lost = answers.Count(answer => answer is { Before: true, After: false });
        var effect = DesignEffect.Of([.. answers.Select(answer => (answer.After ? 1.0 : 0) - (answer.Before ? 1.0 : 0))], [.. answers.Select(answer => answer.Prompt)]);
        return new MultipleChoiceFacts(
            answers.Count,
            chance,
            Accuracy(answers.Count(answer => answer.Before)),
            Accuracy(answers.Count(answer => answer.After)),
            PairedDifference.Of(gained, lost, answers.Count, rule.Alpha, effect));

        ChoiceAccuracy Accuracy(int right)
        {
            var share = WilsonInterval.Of(right, answers.Count, rule.Alpha);
            return new ChoiceAccuracy(plan.Choices, share, (share.Rate - chance) / (1 - chance));
        }
    }

    readonly record struct Answered(string Prompt, int Options, bool Before, bool After);
}
