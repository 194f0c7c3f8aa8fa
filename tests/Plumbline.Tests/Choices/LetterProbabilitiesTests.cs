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
        LetterProbabilities.Of([Told("The", 0.4), Told("A", 0.22), Told("B", 0.15), Told(" B", 0.1), Told("C", 0.05)], Letters).Choice.ShouldBe("B");
        LetterProbabilities.Of([Told("A", 0.22), Told("\u2581C", 0.15), Told("\u0120C", 0.1)], Letters).Choice.ShouldBe("C");
    }

    [Theory]
    [InlineData("a", "b")]
    [InlineData("An", "A.")]
    [InlineData("E", "")]
    public void What_is_no_letter_of_an_option_is_none(string first, string second) =>
        LetterProbabilities.Of([Told(first, 0.4), Told(second, 0.3), Told("D", 0.2)], Letters).Choice.ShouldBe("D");

    [Fact]
    public void Where_no_letter_is_told_nothing_is_chosen()
    {
        LetterProbabilities.Of([Told("The", 0.9), Told("I", 0.1)], Letters).ShouldBe(new LetterProbabilities(Likeliest: null, Share: 0));
        LetterProbabilities.Of([], Letters).Likeliest.ShouldBeNull();
        LetterProbabilities.Of([new TokenProbability("A", double.NegativeInfinity)], Letters).Likeliest.ShouldBeNull();
    }

    // A model that thinks first: the letters are in what is left over, in the order of noise.
    [Theory]
    [InlineData(1e-7, null)]
    [InlineData(0.06, null)]
    [InlineData(0.07, "B")]
    [InlineData(0.4, "B")]
    public void Letters_that_together_are_too_unlikely_are_no_choice(double likeliest, string? choice)
    {
        var letters = LetterProbabilities.Of([Told("<think>", 0.55), Told("A", likeliest / 4), Told(" B", likeliest), Told("D", likeliest / 4)], Letters);

        letters.Likeliest.ShouldBe("B");
        letters.Share.ShouldBe(1.5 * likeliest, 1e-12);
        letters.Choice.ShouldBe(choice);
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
