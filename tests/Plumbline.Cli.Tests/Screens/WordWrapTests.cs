using Plumbline.Cli.Screens;
using Shouldly;

namespace Plumbline.Cli.Tests.Screens;

public sealed class WordWrapTests
{
    [Fact]
    public void Lines_break_between_words_and_a_longer_word_stays_whole() =>
        WordWrap.Lines("one two three\nfour-and-five six", 8).ShouldBe(["one two", "three", "four-and-five", "six"]);

    [Fact]
    public void What_follows_stands_below_the_beginning_and_columns_of_spaces_stay()
    {
        WordWrap.Lines("one two three", 11, "  - ").ShouldBe(["  - one two", "    three"]);
        WordWrap.Lines("value     place", 40, "key  ").ShouldBe(["key  value     place"]);
        WordWrap.Lines("and then some", 20, "a-very-long-beginning ").ShouldBe(["a-very-long-beginning", "and then some"]);
    }

    [Fact]
    public void A_comparison_stays_on_one_line() => WordWrap.Lines("over prompts p = 4.0e-28 and p < 0.001", 16).ShouldBe(["over prompts", "p = 4.0e-28 and", "p < 0.001"]);

    /// <summary>The first half of a command is another command.</summary>
    [Theory]
    [InlineData("'plumb resume runs/one --budget AMOUNT' goes on", "'plumb resume runs/one --budget AMOUNT'", "goes on")]
    [InlineData("go on ('plumb resume runs/one') or not", "go on", "('plumb resume runs/one')", "or not")]
    [InlineData("with 'plumb resume 'my run' --budget AMOUNT'. Or", "with", "'plumb resume 'my run' --budget AMOUNT'.", "Or")]
    [InlineData("with 'plumb resume 'my run''. Or leave it", "with", "'plumb resume 'my run''.", "Or leave it")]
    [InlineData("kept in 'a folder of mine', and there", "kept in", "'a folder of mine',", "and there")]
    [InlineData("the models' own 'one' and 'two' of 'three", "the models'", "own 'one' and", "'two' of", "'three")]
    public void What_stands_between_quotes_stays_on_one_line(string text, params string[] lines) => WordWrap.Lines(text, 13).ShouldBe(lines);

    /// <summary>Nobody copies it, and it would push what stands behind it out of sight.</summary>
    [Fact]
    public void What_is_too_long_for_a_name_is_broken_within_itself()
    {
        var lines = WordWrap.Lines($"it says '{new string('x', 400)}' and ends", 40, "  - ");

        lines.ShouldAllBe(line => line.Length <= 40);
        string.Concat(lines).Count(letter => letter == 'x').ShouldBe(400);
        lines[^1].ShouldEndWith("' and ends");
        WordWrap.Lines("see /" + new string('x', 400), 40).ShouldBe(["see", "/" + new string('x', 400)]);
    }

    [Theory]
    [InlineData("  - a point", "  - ")]
    [InlineData("    a row", "    ")]
    [InlineData("- a point", "- ")]
    [InlineData("-1 is no point", "")]
    [InlineData("", "")]
    public void The_beginning_of_a_line_is_its_indentation_and_its_dash(string line, string lead) => WordWrap.LeadOf(line).ShouldBe(lead);

    [Fact]
    public void Nothing_is_lost()
    {
        const string Text = "The interval lies above 0 and reaches the margin, and the exact test over prompts rejects no change.";
        for (var width = 1; width < 120; width++) string.Join(' ', WordWrap.Lines(Text, width)).ShouldBe(Text);
    }
}
