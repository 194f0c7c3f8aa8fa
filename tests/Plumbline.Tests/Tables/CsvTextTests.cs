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

    [Fact]
    public void A_cell_with_everything_stays_one_cell()
    {
        var writer = new StringWriter();

        CsvText.Write(writer, ["a", "b"], [["one, \"two\"\nthree", null], ["=cmd|' /C calc'!A0", "x"]]);

        writer.ToString().ShouldBe("a,b\n\"one, \"\"two\"\"\nthree\",\n'=cmd|' /C calc'!A0,x\n");
    }
}
