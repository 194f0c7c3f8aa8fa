namespace Plumbline.Cli.Tests;

/// <summary>What a finished process left behind.</summary>
internal sealed record PlumbResult(int Code, string Output, string Errors)
{
    public string LastLine => Output.TrimEnd().Split('\n')[^1].TrimEnd();
}
