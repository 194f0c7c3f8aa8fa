using Plumbline.Naming;
using Shouldly;

namespace Plumbline.Tests.Naming;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("temprature", "temperature")]
    [InlineData("max_tokens", "max-tokens")]
    [InlineData("Suites", "suites")]
    [InlineData("over", "over-refusal")]
    [InlineData("xyzzy", null)]
    [InlineData("", null)]
    [InlineData("ab", null)]
    public void The_nearest_name_within_reason_is_found(string given, string? expected) =>
        Spelling.Nearest(given, ["temperature", "max-tokens", "suites", "over-refusal"]).ShouldBe(expected);
}
