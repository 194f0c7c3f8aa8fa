using FsCheck;
using FsCheck.Fluent;
using Plumbline.Reports.Text;
using Shouldly;

namespace Plumbline.Reports.Tests.Text;

public sealed class VisibleTextTests
{
    [Fact]
    public void Plain_text_stays_as_it_is()
    {
        VisibleText.Plain("Grüße, 你好, naïve – “quoted” <b>&amp;</b>\n\tindented 👩‍🔬").ShouldBe("Grüße, 你好, naïve – “quoted” <b>&amp;</b>\n\tindented 👩‍🔬");
    }

    [Theory]
    [InlineData("a\u202Eb", "a⟨U+202E⟩b")]
    [InlineData("a\u200Bb", "a⟨U+200B⟩b")]
    [InlineData("a\u200Db", "a⟨U+200D⟩b")]
    [InlineData("a\u2066b\u2069", "a⟨U+2066⟩b⟨U+2069⟩")]
    [InlineData("a\uFEFF", "a⟨U+FEFF⟩")]
    [InlineData("a\0b", "a⟨U+0000⟩b")]
    [InlineData("a\u0085b", "a⟨U+0085⟩b")]
    [InlineData("a\u3164b", "a⟨U+3164⟩b")]
    [InlineData("a\U000E0041", "a⟨U+E0041⟩")]
    [InlineData("a\rb", "a⟨U+000D⟩b")]
    public void An_invisible_character_is_named(string text, string shown) => VisibleText.Plain(text).ShouldBe(shown);

    [Theory]
    [InlineData("\u001b[31mred\u001b[0m", "red")]
    [InlineData("\u001b]0;title\u0007after", "after")]
    [InlineData("\u001b]8;;https://example.org\u001b\\link\u001b]8;;\u001b\\", "link")]
    [InlineData("\u009b2Jafter", "after")]
    [InlineData("\u001bPdata\u001b\\after", "after")]
    [InlineData("\u001bcafter", "after")]
    [InlineData("\u001b]never ends\nnext line", "\nnext line")]
    [InlineData("ends in escape\u001b", "ends in escape")]
    public void A_terminal_sequence_is_taken_out(string text, string shown) => VisibleText.Plain(text).ShouldBe(shown);

    [Fact]
    public void A_page_still_says_that_a_terminal_sequence_was_there()
    {
        VisibleText.Split("a\u001b[2Jb").Select(segment => segment.Text).ShouldBe(["a", "ESC", "b"]);
    }

    [Fact]
    public void Windows_line_ends_become_plain_ones() => VisibleText.Plain("a\r\nb").ShouldBe("a\nb");

    [Fact]
    public void Half_a_character_is_named() => VisibleText.Plain("a\ud83db").ShouldBe("a⟨U+D83D⟩b");

    [Fact]
    public void Nothing_invisible_is_left_of_any_text()
    {
        Prop.ForAll<string?>(text => VisibleText.Plain(text ?? "").All(c => c is '\n' or '\t' || !char.IsControl(c))).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void One_line_is_folded_and_cut_between_characters()
    {
        VisibleText.OneLine("  a\n\n b\tc ", 10).ShouldBe("a b c");
        VisibleText.OneLine("abc😀def", 4).ShouldBe("abc…");
    }
}
