using Plumbline.Tables;
using Shouldly;

namespace Plumbline.Tests.Tables;

public sealed class CsvTextTests
{
    [Theory]
    [InlineData("=HYPERLINK(\"http://evil\")")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    [InlineData("\n=1")]
    [InlineData("  =1")]
    [InlineData("＝1")]
    public void What_begins_as_a_formula_becomes_a_text_and_comes_back(string cell)
    {
        CsvText.Neutral(cell).ShouldBe("'" + cell);
        CsvText.Original(CsvText.Neutral(cell)).ShouldBe(cell);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1 = 1")]
    [InlineData("plain")]
    [InlineData("'tis quoted")]
    [InlineData("   ")]
    public void Anything_else_stays_as_it_is(string cell)
    {
        CsvText.Neutral(cell).ShouldBe(cell);
        CsvText.Original(cell).ShouldBe(cell);
    }

    /// <summary>Escape and what it steers, a window's title, a bell, a bare carriage return that overwrites the line, C1, direction, tags.</summary>
    [Theory]
    [InlineData("\u001b[31mred", "⟨U+001B⟩[31mred")]
    [InlineData("\u001b]0;title\u0007x", "⟨U+001B⟩]0;title⟨U+0007⟩x")]
    [InlineData("safe\revil", "safe⟨U+000D⟩evil")]
    [InlineData("\u009b2J", "⟨U+009B⟩2J")]
    [InlineData("a\u202egpj.exe\u2066\u200f\ufeff", "a⟨U+202E⟩gpj.exe⟨U+2066⟩⟨U+200F⟩⟨U+FEFF⟩")]
    [InlineData("a\u2028b\0", "a⟨U+2028⟩b⟨U+0000⟩")]
    [InlineData("\U000E0041", "⟨U+E0041⟩")]
    [InlineData("\u001b=1", "⟨U+001B⟩=1")]
    [InlineData("größer\tnaïve 😀 👩\u200d👩 می\u200cخواهم", "größer\tnaïve 😀 👩\u200d👩 می\u200cخواهم")]
    public void What_acts_on_its_reader_is_shown_as_a_mark(string cell, string expected)
    {
        var writer = new StringWriter();

        CsvText.Write(writer, ["a"], [[cell]]);

        writer.ToString().ShouldBe($"a\n{expected}\n");
    }

    [Fact]
    public void Half_a_character_is_shown_as_a_mark()
    {
        var writer = new StringWriter();

        CsvText.Write(writer, ["a"], [["\ud800x"]]);

        writer.ToString().ShouldBe("a\n⟨U+D800⟩x\n");
    }

    [Fact]
    public void Lines_stay_lines()
    {
        var writer = new StringWriter();

        CsvText.Write(writer, ["a"], [["one\r\ntwo\nthree"]]);

        writer.ToString().ShouldBe("a\n\"one\r\ntwo\nthree\"\n");
    }

    [Fact]
    public void A_cell_with_everything_stays_one_cell()
    {
        var writer = new StringWriter();

        CsvText.Write(writer, ["a", "b"], [["one, \"two\"\nthree", null], ["=cmd|' /C calc'!A0", "x"]]);

        writer.ToString().ShouldBe("a,b\n\"one, \"\"two\"\"\nthree\",\n'=cmd|' /C calc'!A0,x\n");
    }
}
