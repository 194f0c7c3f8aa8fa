using Plumbline.Reports.Page;
using Shouldly;

namespace Plumbline.Reports.Tests.Page;

public sealed class SplitWriterTests
{
    private const string Mark = "<!--here-->";

    /// <summary>However a renderer writes: by texts, pieces of arrays, or letters.</summary>
    [Fact]
    public void What_comes_before_the_mark_is_handed_on_at_once_and_the_rest_is_held()
    {
        var first = new StringWriter();
        using var page = new SplitWriter(first, Mark);

        page.Write("one ");
        page.Write('t');
        page.Write("wow".ToCharArray(), 1, 1);
        page.Write("o ".AsSpan());
        first.ToString().ShouldBe("one too ", "nothing waits for the mark");
        page.Write(Mark);
        page.Write("three ");
        page.Write('f');
        page.Write("for".ToCharArray(), 1, 2);
        page.Write((string?)null);

        first.ToString().ShouldBe("one too ");
        page.Rest.ShouldBe("three for");
    }

    [Fact]
    public void A_second_mark_and_a_mark_within_a_text_are_texts()
    {
        var first = new StringWriter();
        using var page = new SplitWriter(first, Mark);

        page.Write($"a {Mark} b");
        page.Write(Mark);
        page.Write(Mark);

        first.ToString().ShouldBe($"a {Mark} b");
        page.Rest.ShouldBe(Mark);
    }

    /// <summary>A renderer that hands the mark on in another piece would have the rest of the page written behind its end.</summary>
    [Theory]
    [InlineData("a b")]
    [InlineData($"a {Mark} b")]
    public void Where_the_mark_never_came_by_itself_there_is_no_rest(string text)
    {
        using var page = new SplitWriter(new StringWriter(), Mark);

        page.Write(text);
        page.Write(Mark.AsSpan());

        Should.Throw<InvalidOperationException>(() => page.Rest).Message.ShouldContain(Mark);
    }
}
