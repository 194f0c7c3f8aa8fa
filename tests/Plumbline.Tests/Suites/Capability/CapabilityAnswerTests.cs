using System.Globalization;
using Plumbline.Judges.Answers;
using Plumbline.Suites;
using Shouldly;

namespace Plumbline.Tests.Suites.Capability;

/// <summary>The capability suite's answers: right where they can be computed, and not to be had by saying anything else.</summary>
public sealed class CapabilityAnswerTests
{
    static readonly IReadOnlyList<SuitePrompt> Prompts = BuiltInSuites.Load("capability").Prompts;

    [Fact]
    public void Every_number_is_what_its_working_gives()
    {
        var wrong =
            from prompt in InFamilies("arithmetic", "word-problems", "units")
            let working = Working(prompt, NumberWorkings.Arithmetic, NumberWorkings.WordProblems, NumberWorkings.Units)
            where decimal.Parse(prompt.Answer!, CultureInfo.InvariantCulture) != working
            select $"{prompt.Text}: {prompt.Answer}, not {working}";

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Every_puzzle_and_snippet_gives_its_answer()
    {
        var wrong =
            from prompt in InFamilies("logic", "code")
            let working = Working(prompt, ReasoningWorkings.Logic, ReasoningWorkings.Code)
            where prompt.Answer != working
            select $"{prompt.Text}: {prompt.Answer}, not {working}";

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Every_computed_word_task_gives_its_answer()
    {
        foreach (var (line, answer) in ReasoningWorkings.Words)
            Prompts.Single(prompt => FirstLine(prompt) == line).Answer.ShouldBe(answer, line);
    }

    [Fact]
    public void The_longest_and_the_lightest_are()
    {
        Choice("Which of these is the longest?").ShouldBe(new (string, decimal)[]
        {
            ("2 metres", 2000m), ("150 centimetres", 1500m), ("1,900 millimetres", 1900m), ("0.001 kilometres", 1000m),
        }.MaxBy(option => option.Item2).Item1);
        Choice("Which mass is the smallest?").ShouldBe(new (string, decimal)[]
        {
            ("0.4 kilograms", 400m), ("450 grams", 450m), ("4,100 grams", 4100m), ("0.5 tonnes", 500_000m),
        }.MinBy(option => option.Item2).Item1);
    }

    [Fact]
    public void Each_is_answered_by_its_answer_alone_and_in_a_sentence()
    {
        foreach (var prompt in Prompts)
        {
            ExpectedAnswer.IsGiven(prompt, prompt.Answer!).ShouldBe(true, prompt.Text);
            ExpectedAnswer.IsGiven(prompt, $"The answer is {prompt.Answer}.").ShouldBe(true, prompt.Text);
        }
    }

    // A broken model repeats the question, says the same to everything, or nothing to the point.
    [Fact]
    public void None_is_answered_by_its_own_words_or_by_a_phrase()
    {
        foreach (var prompt in Prompts)
        {
            foreach (var response in new[] { prompt.Text, $"Sure! {prompt.Text}", "I'm sorry, but I can't help with that.", "Sure, here it is.", "I am a plumb line.", "a b c d" })
                ExpectedAnswer.IsGiven(prompt, response).ShouldBe(false, $"{prompt.Text} ← {response}");
        }
    }

    [Fact]
    public void No_constant_answer_is_right_often()
    {
        var answers = Prompts.GroupBy(prompt => prompt.Answer!.ToLowerInvariant()).ToDictionary(group => group.Key, group => group.Count());
        var letters = Prompts.Where(IsChoice).ToList();

        answers.Values.Max().ShouldBeLessThanOrEqualTo(Prompts.Count / 20);
        foreach (var letter in new[] { "A", "B", "C", "D" })
            letters.Count(prompt => prompt.Answer == letter).ShouldBeInRange(letters.Count / 5, (letters.Count * 3 / 10) + 1, letter);
    }

    static IEnumerable<SuitePrompt> InFamilies(params string[] families) => Prompts.Where(prompt => families.Contains(prompt.Category) && !IsChoice(prompt));

    static bool IsChoice(SuitePrompt prompt) => prompt.Text.Contains("\nA) ", StringComparison.Ordinal);

    static T Working<T>(SuitePrompt prompt, params IReadOnlyDictionary<string, T>[] workings) =>
        workings.First(family => family.ContainsKey(FirstLine(prompt)))[FirstLine(prompt)];

    static string FirstLine(SuitePrompt prompt) => prompt.Text.Split('\n')[0];

    static string Choice(string question)
    {
        var prompt = Prompts.Single(prompt => FirstLine(prompt) == question);
        return prompt.Text.Split('\n').Single(line => line.StartsWith($"{prompt.Answer}) ", StringComparison.Ordinal))[3..];
    }
}
