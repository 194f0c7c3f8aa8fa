using Plumbline.Choices;
using Shouldly;

namespace Plumbline.Tests.Choices;

public sealed class LetterProbabilitiesTests
{
    static readonly string[] Letters = ["A", "B", "C", "D"];

    [Fact]
    public void The_tokens_that_spell_a_letter_are_added_up()
    {
        // A alone is likelier than either token of B; together those are likelier.
        LetterProbabilities.Likeliest([Told("The", 0.4), Told("A", 0.22), Told("B", 0.15), Told(" B", 0.1), Told("C", 0.05)], Letters).ShouldBe("B");
        LetterProbabilities.Likeliest([Told("A", 0.22), Told("\u2581C", 0.15), Told("\u0120C", 0.1)], Letters).ShouldBe("C");
    }

    [Theory]
    [InlineData("a", "b")]
    [InlineData("An", "A.")]
    [InlineData("E", "")]
    public void What_is_no_letter_of_an_option_is_none(string first, string second) =>
        LetterProbabilities.Likeliest([Told(first, 0.6), Told(second, 0.3), Told("D", 0.001)], Letters).ShouldBe("D");

    [Fact]
    public void Where_no_letter_is_told_nothing_is_chosen()
    {
        LetterProbabilities.Likeliest([Told("The", 0.9), Told("I", 0.1)], Letters).ShouldBeNull();
        LetterProbabilities.Likeliest([], Letters).ShouldBeNull();
        LetterProbabilities.Likeliest([new TokenProbability("A", double.NegativeInfinity)], Letters).ShouldBeNull();
    }

    [Theory]
    [InlineData("LogProbability", null)]
    [InlineData("LogProbability among 20", 20)]
    [InlineData("LogProbability among 5", 5)]
    public void A_way_is_what_its_request_says(string part, int? likeliest)
    {
        ChoiceMethod.Of(part).ShouldBe(new ChoiceMethod(ChoiceReading.LogProbability, likeliest));
        ChoiceMethod.Of(part).Part.ShouldBe(part);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Text")]
    [InlineData("LogProbability among ")]
    [InlineData("LogProbability among 0")]
    public void Any_other_request_is_by_letter(string? part) => ChoiceMethod.Of(part).ShouldBe(ChoiceMethod.ByLetter);

    static TokenProbability Told(string text, double probability) => new(text, Math.Log(probability));
}
