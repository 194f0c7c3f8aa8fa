using Plumbline.Audits;
using Plumbline.Choices;
using Plumbline.Reports.Text;
using Plumbline.Statistics;
using Shouldly;

namespace Plumbline.Reports.Tests.Text;

public sealed class ChoiceWordsTests
{
    [Fact]
    public void The_sentence_has_shares_difference_and_chance() => ChoiceWords.Sentence(Facts(ChoiceReading.LogProbability), new DecisionRule()).ShouldBe(
        "Multiple choice, by log-probability: of 40 questions 50.0% were right before and 40.0% after, −10.0 points (95% interval −20.0 to +1.0); guessing gives 25.0%. "
            + "Above chance, where 0% is guessing and 100% is knowing all: 33.3% before, 20.0% after.");

    [Fact]
    public void One_question_has_no_interval() => ChoiceWords.Sentence(Facts(ChoiceReading.Text) with { Questions = 1 }, new DecisionRule())
        .ShouldContain("of 1 question 50.0% was right before and 40.0% after, −10.0 points (one question is too few for an interval); guessing");

    [Fact]
    public void Ways_that_differ_are_said_not_to_compare() =>
        ChoiceWords.Sentence(Facts(ChoiceReading.Text), new DecisionRule()).ShouldContain("by the letter in the answer before and by log-probability after, which do not compare");

    [Fact]
    public void Answers_without_a_letter_are_told_with_what_they_may_make_of_the_difference()
    {
        var facts = Facts(ChoiceReading.LogProbability);
        MultipleChoiceFacts Without(int before, int after) => facts with
        {
            Baseline = facts.Baseline with { AmongLikeliest = 20, WithoutLetter = before },
            Candidate = facts.Candidate with { AmongLikeliest = 20, WithoutLetter = after },
        };

        ChoiceWords.Sentence(Without(1, 6), new DecisionRule()).ShouldEndWith(
            " In 1 answer before and 6 after the letters together had less than 10% of the probability of the first token, or none of them was among those told, which counts as no right choice. "
                + "Up to 12.5 points of the difference may so be how the answers begin, and not what the models know.");
        ChoiceWords.Sentence(Without(2, 2), new DecisionRule()).ShouldEndWith("which counts as no right choice.");
        ChoiceWords.Sentence(Without(0, 0), new DecisionRule()).ShouldNotContain("no right choice");
    }

    private static MultipleChoiceFacts Facts(ChoiceReading before) => new(
        40,
        0.25,
        new ChoiceAccuracy(before, new Proportion(20, 40, 0.5, 0.35, 0.65), 1 / 3.0),
        new ChoiceAccuracy(ChoiceReading.LogProbability, new Proportion(16, 40, 0.4, 0.26, 0.55), 0.2),
        new IntervalEstimate(-0.1, -0.2, 0.01));
}
