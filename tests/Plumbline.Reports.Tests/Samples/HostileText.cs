namespace Plumbline.Reports.Tests.Samples;

/// <summary>What a model, a suite or a file may hold to break out of the place where it is shown.</summary>
internal static class HostileText
{
    public static TheoryData<string> All =>
    [
        "<script>alert(1)</script>",
        "<!-- --><img src=x onerror=alert(1)>",
        "![beacon](https://example.org/x.png)",
        "[click](javascript:alert(1))",
        "https://example.org/steal and www.example.org and mail me@example.org",
        "@octocat and @org/team please look at #1 and owner/repo#2",
        "``` code ``` and ` tick",
        "| a | b |\n| --- | --- |",
        "# heading\n- list\n> quote\n1. one",
        "</details><details open>",
        "*bold* _it_ **strong** ~~gone~~ $x^2$ \\",
        "]]> <![CDATA[ & &lt; &#64;",
        "\u0000\u0001\u0008\u000b\u001b[31mred\u001b[0m \ud800 \uffff \ufffe",
        "\u202Ereversed \u200b zero width",
        "{0} {1} {{2}} [link](0)",
        "=cmd|' /C calc'!A0",
        "'\"><x y=\"z",
    ];
}
