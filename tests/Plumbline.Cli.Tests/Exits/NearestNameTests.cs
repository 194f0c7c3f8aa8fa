using Plumbline.Cli.Exits;
using Shouldly;

namespace Plumbline.Cli.Tests.Exits;

public sealed class NearestNameTests
{
    private static readonly string[] Known = ["none", "base64", "rot13", "prefix_injection", "jailbreak-250"];

    [Theory]
    [InlineData("base46", "base64")]
    [InlineData("rot", "rot13")]
    [InlineData("prefix-injection", "prefix_injection")]
    [InlineData("jailbreak", "jailbreak-250")]
    [InlineData("BASE64", "base64")]
    [InlineData("crescendo", null)]
    public void What_was_probably_meant(string given, string? expected) => NearestName.To(given, Known).ShouldBe(expected);

    [Fact]
    public void An_unknown_name_is_told_with_everything_there_is() =>
        NearestName.Unknown("attack", "rot31", Known).Message.ShouldBe("There is no attack 'rot31'. Did you mean 'rot13'? There are: base64, jailbreak-250, none, prefix_injection, rot13.");
}
