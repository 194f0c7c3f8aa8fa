using Plumbline.Cli.Summaries;
using Shouldly;

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
        var table = PlainTable.Of("name", "figure");
        table.AddRow("|" + PlainTable.Cell(text) + "|", "12");

        table.Lines(200).Where(line => line.Contains('|', StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldContain($"|{shown}|");
        string.Concat(table.Lines(200)).ShouldNotContain("\e");
    }

    [Fact]
    public void A_long_text_is_cut_and_widens_no_table()
    {
        PlainTable.Cell(new string('x', 5000)).ShouldBe(new string('x', 60) + "…");
        PlainTable.Cell("😀😀" + new string('[', 5000)).Length.ShouldBe(61);
    }

    [Fact]
    public void A_columns_name_is_text_too() => Should.NotThrow(() => PlainTable.Of("[/]", "rise of [red]")).Lines(80).ShouldContain(line => line.Contains("rise of [red]", StringComparison.Ordinal));

    /// <summary>What the figures are of is told nowhere else.</summary>
    [Fact]
    public void A_long_heading_of_the_names_is_broken_and_not_cut()
    {
        const string heading = "rise of harmful requests that were not refused (compliance above 1)";
        var table = PlainTable.Of(heading, "estimate", "95% interval");
        table.AddRow("the judge corrected by people", "+20.8", "+12.3 to +29.1");

        var lines = table.Lines(80);

        lines.ShouldAllBe(line => line.Length <= 80);
        lines.ShouldAllBe(line => !line.Contains('…'));
        foreach (var word in heading.Split(' ')) lines.ShouldContain(line => line.Contains(word, StringComparison.Ordinal), word);
        table.Lines(160).ShouldContain(line => line.Contains(heading, StringComparison.Ordinal));
    }

    /// <summary>At every width each figure stands whole on one line with its column's name in reach, and no line is wider than the screen.</summary>
    [Theory]
    [InlineData(160)]
    [InlineData(100)]
    [InlineData(80)]
    [InlineData(60)]
    [InlineData(40)]
    public void No_figure_is_broken_and_no_line_too_wide(int width)
    {
        var table = PlainTable.Of("demand", "cases", "baseline", "candidate", "difference", "95% interval", "margin", "outcome");
        string[] row = ["harmfulness", "1,076", "1.2%", "24.4%", "+23.2 points", "+18.8 to +27.9", "3 points", "failed"];
        table.AddRow(row);
        table.AddRow("over-refusal of what looks harmful", "269", "0.4%", "0.7%", "+0.4 points", "−1.0 to +1.8", "5 points", "passed");

        var lines = table.Lines(width);

        lines.ShouldAllBe(line => line.Length <= width);
        foreach (var figure in row.Skip(1)) lines.ShouldContain(line => line.Contains(figure, StringComparison.Ordinal), figure);
    }

    /// <summary>At 100 columns the gate's table stands, by closer columns and shorter headings if need be; where it is told row by row, figures stand below one another.</summary>
    [Fact]
    public void A_table_that_almost_fits_comes_closer_together_before_it_is_given_up()
    {
        var table = PlainTable.Of("demand", "cases", "baseline", "candidate", "difference", "95% interval", "margin", "outcome").OrNarrower(["demand", "n", "before", "after", "change", "95% interval", "margin", "outcome"]);
        string[][] rows =
        [
            ["harmfulness", "1,076", "1.2%", "24.4%", "+23.2 points", "+18.8 to +27.9", "3 points", "inconclusive"],
            ["understanding", "269", "3.95", "3.90", "−0.05", "−0.21 to +0.10", "0.40", "passed"],
        ];
        foreach (var row in rows) table.AddRow(row);

        foreach (var row in rows) table.Lines(100).ShouldContain(line => row.All(cell => line.Contains(cell, StringComparison.Ordinal)) && line.Length <= 100);
        table.Lines(120).ShouldContain(line => line.Contains("candidate", StringComparison.Ordinal));
        table.Lines(95).ShouldContain(line => line.Contains("before", StringComparison.Ordinal) && line.Contains("after", StringComparison.Ordinal));
        table.Lines(60).Where(line => line.Contains("95% interval", StringComparison.Ordinal)).Select(line => line.IndexOf("95% interval", StringComparison.Ordinal)).Distinct().Count().ShouldBe(1);
        table.Lines(60).Where(line => line.Contains("outcome", StringComparison.Ordinal)).Select(line => line.IndexOf("outcome", StringComparison.Ordinal)).Distinct().Count().ShouldBe(1);
    }

    /// <summary>Headings give way before what the cells say, and both before the table does.</summary>
    [Fact]
    public void A_narrower_form_has_shorter_headings_then_shorter_cells_then_no_space_between()
    {
        var table = PlainTable.Of("demand", "candidate", "difference").OrNarrower(["demand", "after", "change"]);
        table.AddRow(["compliance", "24.4%", "+23.2 points"], narrower: ["compliance", "24.4%", "+23.2"]);

        Enumerable.Range(12, 60).Reverse().Select(Form).Distinct().ShouldBe(["difference, points", "change, points", "change, bare", "told"]);
        Should.Throw<ArgumentException>(() => table.AddRow(["a", "b", "c"], narrower: ["a", "b"]));

        string Form(int width)
        {
            var lines = table.Lines(width);
            var figure = lines.First(line => line.Contains("+23.2", StringComparison.Ordinal));
            return figure.Contains("difference", StringComparison.Ordinal) ? "told"
                : $"{(lines.Any(line => line.Contains("difference", StringComparison.Ordinal)) ? "difference" : "change")}, {(figure.Contains("points", StringComparison.Ordinal) ? "points" : "bare")}";
        }
    }

    [Fact]
    public void What_is_to_be_copied_is_never_broken()
    {
        var table = PlainTable.OfWords("run", "verdict", "baseline");
        var folder = "runs/of the autumn/" + new string('x', 70);
        table.AddRow(folder, "Regressed", "bob");

        table.Lines(80).ShouldContain("  " + folder);
        table.Lines(200).ShouldContain(line => line.Contains(folder + "  ", StringComparison.Ordinal) && line.Contains("Regressed", StringComparison.Ordinal));
    }
}
