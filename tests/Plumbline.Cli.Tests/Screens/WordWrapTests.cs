using Plumbline.Cli.Screens;
using Shouldly;

namespace Plumbline.Cli.Tests.Screens;

public sealed class WordWrapTests
{
    [Fact]
    public void Lines_break_between_words_and_a_longer_word_stays_whole() =>
        WordWrap.Lines("one two three\nfour-and-five six", 8).ShouldBe(["one two", "three", "four-and-five", "six"]);

    [Fact]
    public void Nothing_is_lost()
    {
        const string Text = "The interval lies above 0 and reaches the margin, and the exact test over prompts rejects no change.";
        for (var width = 1; width < 120; width++) string.Join(' ', WordWrap.Lines(Text, width)).ShouldBe(Text);
    }
}
