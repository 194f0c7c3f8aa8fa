using Plumbline.Cli.Screens;
using Shouldly;

namespace Plumbline.Cli.Tests.Screens;

public sealed class ShellWordTests
{
    [Theory]
    [InlineData("bob+./tuned", "bob+./tuned")]
    [InlineData("http://localhost:1/v1#m", "http://localhost:1/v1#m")]
    [InlineData("my models/a+b", "'my models/a+b'")]
    [InlineData("it's", @"'it'\''s'")]
    [InlineData("$HOME", "'$HOME'")]
    [InlineData(@"a\b", @"'a\b'")]
    [InlineData("#a", "'#a'")]
    [InlineData("", "''")]
    public void A_word_survives_a_shell(string word, string expected) => ShellWord.Of(word, isWindows: false).ShouldBe(expected);

    [Theory]
    [InlineData(@"C:\models\a", @"C:\models\a")]
    [InlineData(@"C:\my models\a", @"""C:\my models\a""")]
    public void A_word_survives_the_windows_shell(string word, string expected) => ShellWord.Of(word, isWindows: true).ShouldBe(expected);
}
