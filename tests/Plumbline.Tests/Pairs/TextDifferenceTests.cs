using Plumbline.Pairs;
using Shouldly;

namespace Plumbline.Tests.Pairs;

public sealed class TextDifferenceTests
{
    [Theory]
    [InlineData("a\nb\nc", "a\nB\nc", 2, "b", "B")]
    [InlineData("a", "a\nb", 2, null, "b")]
    [InlineData("", "x", 1, "", "x")]
    public void The_first_line_that_differs_is_found(string before, string after, int line, string? first, string? second) =>
        TextDifference.Between(before, after).ShouldBe(new TextDifference(line, first, second));

    [Fact]
    public void Of_a_long_line_the_part_that_differs_is_shown()
    {
        var difference = TextDifference.Between(new string('x', 500) + "OLD", new string('x', 500) + "NEW")!;

        difference.Before.ShouldBe("…" + new string('x', 20) + "OLD");
        difference.After.ShouldBe("…" + new string('x', 20) + "NEW");
    }

    [Theory]
    [InlineData("same", "same")]
    [InlineData(null, "x")]
    [InlineData("x", null)]
    public void Where_nothing_can_be_told_there_is_none(string? before, string? after) => TextDifference.Between(before, after).ShouldBeNull();
}
