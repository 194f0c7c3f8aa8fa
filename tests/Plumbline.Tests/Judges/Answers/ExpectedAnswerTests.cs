using FsCheck;
using FsCheck.Fluent;
using Plumbline.Judges.Answers;
using Plumbline.Suites;
using Shouldly;

namespace Plumbline.Tests.Judges.Answers;

public sealed class ExpectedAnswerTests
{
    const string Mammal = "Which is a mammal?\nA) shark\nB) penguin\nC) crocodile\nD) dolphin\nAnswer with the letter only.";

    [Theory]
    [InlineData("D", true)]
    [InlineData("d", true)]
    [InlineData("(D)", true)]
    [InlineData("D) dolphin", true)]
    [InlineData("**D**", true)]
    [InlineData("D. A dolphin breathes air, unlike A, B and C.", true)]
    [InlineData("The answer is D.", true)]
    [InlineData("the answer is d.", true)]
    [InlineData("A shark is a fish, so the correct answer is: **D**", true)]
    [InlineData("The correct option is D because it nurses its young.", true)]
    [InlineData("A dolphin is a mammal.", true)]
    [InlineData("I would say D.", true)]
    [InlineData("A", false)]
    [InlineData("A is right", false)]
    [InlineData("The answer is A. No, the answer is B.", false)]
    [InlineData("A or D", false)]
    [InlineData("A) shark\nB) penguin\nC) crocodile\nD) dolphin", false)]
    [InlineData("The dolphin, or the penguin.", false)]
    [InlineData("I cannot help with that.", false)]
    [InlineData("Z", false)]
    public void A_letter_is_what_the_response_settles_on(string response, bool right) => Given(Mammal, "D", response).ShouldBe(right);

    [Fact]
    public void A_letter_without_options_is_a_word()
    {
        Given("Which letter stands fifth in bridge?", "g", "It is \"g\".").ShouldBe(true);
        Given("Which letter stands fifth in bridge?", "g", "It is e.").ShouldBe(false);
    }

    [Theory]
    [InlineData("12", "12", true)]
    [InlineData("12", "12.", true)]
    [InlineData("12", "There are 12 apples.", true)]
    [InlineData("12", "5 + 7 = 12", true)]
    [InlineData("12", "5 + 7 = 12 for 3 friends with 4 bags", true)]
    [InlineData("12", "There are **12 apples** for 5 people", true)]
    [InlineData("12", "12 apples, since 5 + 7 make that many.", true)]
    [InlineData("12", "Twelve.", true)]
    [InlineData("12", "12.00", true)]
    [InlineData("12", "112", false)]
    [InlineData("12", "12.5", false)]
    [InlineData("12", "1,200", false)]
    [InlineData("12", "The answer is 12, of 5 and 7.", true)]
    [InlineData("12", "12? No: the answer is 13.", false)]
    [InlineData("12", "-12", false)]
    [InlineData("-12", "7-19 = -12", true)]
    [InlineData("-12", "7 − 19 is −12.", true)]
    [InlineData("-12", "12", false)]
    [InlineData("1250", "That is 1,250 in all.", true)]
    [InlineData("1,250", "1250", true)]
    [InlineData("2.8", "She gets 2.80 euros.", true)]
    [InlineData("0.375", "0.375", true)]
    [InlineData("45", "forty-five", true)]
    [InlineData("40", "forty-five", false)]
    [InlineData("5", "forty-five", false)]
    [InlineData("7", "I do not know.", false)]
    [InlineData("3", "Step one, gather; step two, proceed; step three, finish.", false)]
    [InlineData("7", "99999999999999999999999999999999999999", false)]
    [InlineData("10", "At 10:00.", true)]
    public void A_number_is_compared_as_a_number(string answer, string response, bool right) => Given("How many?", answer, response).ShouldBe(right);

    [Theory]
    [InlineData("yes", "Yes.", true)]
    [InlineData("yes", "Yes, since no salmon can knit.", true)]
    [InlineData("yes", "It follows: yes", true)]
    [InlineData("Yes", "no", false)]
    [InlineData("no", "No.", true)]
    [InlineData("no", "I know.", false)]
    [InlineData("True", "It prints True", true)]
    [InlineData("True", "False", false)]
    public void Yes_and_no_exclude_one_another(string answer, string response, bool right) => Given("Does it follow? Say yes or no.", answer, response).ShouldBe(right);

    [Theory]
    [InlineData("It was Marie  Curie!", "marie curie", true)]
    [InlineData("Pierre Curie", "Marie Curie", false)]
    [InlineData("The gas is carbon dioxide, which they take in.", "carbon dioxide", true)]
    [InlineData("they aren’t", "arent", true)]
    [InlineData("Parisian", "Paris", false)]
    public void Words_that_the_prompt_does_not_mention_count_anywhere(string response, string answer, bool right) => Given("Who or what?", answer, response).ShouldBe(right);

    [Theory]
    [InlineData("Ben", true)]
    [InlineData("Ben. He stands behind Ann.", true)]
    [InlineData("The shortest is Ben.", true)]
    [InlineData("The shortest is Ben. Ann is taller.", true)]
    [InlineData("Ann is tall. So it is Ben", true)]
    [InlineData("Answer: Ben, as Ann is taller than he.", true)]
    [InlineData("Ann", false)]
    [InlineData("The shortest is Ann, not Ben, who is taller.", false)]
    public void Words_that_the_prompt_mentions_count_where_an_answer_stands(string response, bool right) =>
        Given("Who is shorter, if Ann is taller than Ben, of the two?", "Ben", response).ShouldBe(right);

    [Fact]
    public void Repeating_the_prompt_is_no_answer_and_does_not_spoil_one()
    {
        const string prompt = "Three lamps or 4: how many lamps are more?";

        Given(prompt, "4", prompt).ShouldBe(false);
        Given(prompt, "4", $"{prompt}\n4").ShouldBe(true);
        Given(Mammal, "D", $"{Mammal}\n\nD").ShouldBe(true);
    }

    [Fact]
    public void An_answer_without_letters_is_not_in_every_response()
    {
        Given("Which mark ends a question?", "?", "It is the mark ?").ShouldBe(true);
        Given("Which mark ends a question?", "?", "A full stop.").ShouldBe(false);
        SuitePrompt.Create("Say it.", PromptKind.Capability, answer: " ").Answer.ShouldBeNull();
    }

    [Fact]
    public void A_prompt_without_an_answer_has_none() =>
        ExpectedAnswer.IsGiven(SuitePrompt.Create("Say something.", PromptKind.Capability), "something").ShouldBeNull();

    // Whatever a model writes, looking at it must not fail.
    [Fact]
    public void No_text_makes_it_fail()
    {
        string[] pieces = ["A", "b)", "(C", "D.", "\n", "answer is", "Answer:", "**", "\\boxed{", "=", "12", "-", "−", "1,0", ".", ",", "’", "'", "seven", "twenty", "-", "no", "the", "\ud83d", "😀", " "];
        string[] answers = ["D", "12", "no", "blue", "-", "1,250"];
        Prop.ForAll(Gen.Elements(pieces).ArrayOf().ToArbitrary(), Gen.Elements(answers).ToArbitrary(), (text, answer) =>
            Given(Mammal, answer, string.Concat(text)) is not null && Given("How many?", answer, string.Join(' ', text)) is not null)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    static bool? Given(string prompt, string answer, string response) =>
        ExpectedAnswer.IsGiven(SuitePrompt.Create(prompt, PromptKind.Capability, answer: answer), response);
}
