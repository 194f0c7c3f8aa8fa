using Plumbline.Cli.Summaries;
using Shouldly;
using Spectre.Console;

namespace Plumbline.Cli.Tests.Summaries;

/// <summary>A cell's text may be a model's name, a suite's or a file's: on a terminal a table is printed as it is, so the cell is what keeps it text.</summary>
public sealed class PlainTableTests
{
    [Theory]
    [InlineData("plain name", "plain name")]
    [InlineData("[red]bob[/]", "[red]bob[/]")]
    [InlineData("a [link=https://example.org]b", "a [link=https://example.org]b")]
    [InlineData("[/] ] [ [[ ]]", "[/] ] [ [[ ]]")]
    [InlineData("two\nlines\r\nand\ttabs", "two lines and tabs")]
    [InlineData("\e[2J\e]0;owned\abob\e[31m", "bob")]
    [InlineData("a\u009b31mb", "ab")]
    [InlineData("gpj.\u202eexe\u200b", "gpj.⟨U+202E⟩exe⟨U+200B⟩")]
    [InlineData("back\b\b\b\bfile", "back⟨U+0008⟩⟨U+0008⟩⟨U+0008⟩⟨U+0008⟩file")]
    public void What_a_cell_holds_is_shown_as_text_and_obeyed_by_nobody(string text, string shown)
    {
        var rows = Rendered(text).Split('\n').Where(line => line.Contains('|', StringComparison.Ordinal)).ToList();

        rows.ShouldHaveSingleItem().ShouldBe($"|{shown}|figure|");
    }

    [Fact]
    public void A_long_text_is_cut_and_widens_no_table()
    {
        Markup.Remove(PlainTable.Cell(new string('x', 5000))).ShouldBe(new string('x', 60) + "…");
        Markup.Remove(PlainTable.Cell("😀😀" + new string('[', 5000))).Length.ShouldBe(61);
    }

    [Fact]
    public void A_columns_name_is_text_too() => Should.NotThrow(() => PlainTable.Of("[/]", "rise of [red]")).Columns[0].Header.ShouldNotBeNull();

    /// <summary>The row as a terminal gets it, with its controls, between bars.</summary>
    private static string Rendered(string text)
    {
        using var written = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(written), Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.TrueColor, Interactive = InteractionSupport.No });
        console.Profile.Width = 200;
        var table = new Table { Border = TableBorder.None, ShowHeaders = false }.AddColumn(new TableColumn("").Padding(0, 0)).AddColumn(new TableColumn("").Padding(0, 0));
        table.AddRow("|" + PlainTable.Cell(text) + "|", "figure|");
        console.Write(table);
        return written.ToString();
    }
}
