using Plumbline.Reports.Text;
using Shouldly;

namespace Plumbline.Reports.Tests.Text;

public sealed class WholeWordsTests
{
    [Theory]
    [InlineData("as 'plumb labels export -n' draws them", "as |['plumb labels export -n']| draws them")]
    [InlineData("exact McNemar p = 2.2e-19, over prompts p < 0.001.", "exact McNemar |[p = 2.2e-19]|, over prompts |[p < 0.001]|.")]
    [InlineData("p < 0.001", "[p < 0.001]")]
    [InlineData("they're 'one' or 'two', a cap = 3", "they're 'one' or 'two', a cap = 3")]
    [InlineData("", "")]
    public void Commands_and_p_values_are_kept_whole(string text, string pieces) =>
        string.Join('|', WholeWords.Split(text).Select(piece => piece.IsWhole ? $"[{piece.Text}]" : piece.Text)).ShouldBe(pieces);

    /// <summary>A text of a model may look like one without an end.</summary>
    [Fact]
    public void Nothing_endless_is_kept_whole()
    {
        var text = "'plumb " + new string('x', 5000) + "' p = " + new string('1', 5000);

        var pieces = WholeWords.Split(text).ToList();

        string.Concat(pieces.Select(piece => piece.Text)).ShouldBe(text);
        pieces.Where(piece => piece.IsWhole).ShouldAllBe(piece => piece.Text.Length < 40);
    }
}
