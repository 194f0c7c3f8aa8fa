using Plumbline.Audits;
using Plumbline.Cli.Screens;
using Plumbline.Judges.Panels;

namespace Plumbline.Cli.Auditing;

/// <summary>The command that has a run's result by a judge: <c>plumb judge</c>, which asks nobody where that judge has judged everything.</summary>
internal static class JudgeCommand
{
    /// <summary>By the judge of a result.</summary>
    public static string Of(string folder, JudgeFacts judge) => Of(folder, JudgeName.Of(judge));

    /// <summary>By a judge that is known by name. A panel's rule is named as its id does: another version may have one that this one refuses by name.</summary>
    public static string Of(string folder, JudgeName judge) =>
        judge.Members.Count == 0 ? Of(folder, [judge.Id], rule: (string?)null) : Of(folder, judge.Members, judge.Id.Split('(')[0]);

    /// <summary>By judges as <c>--judge</c> takes them.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="names">The judges.</param>
    /// <param name="rule">How several become one; null for one judge, or the usual rule.</param>
    public static string Of(string folder, IReadOnlyList<string> names, PanelRule? rule) => Of(folder, names, rule?.ToString().ToLowerInvariant());

    private static string Of(string folder, IReadOnlyList<string> names, string? rule) =>
        $"plumb judge {ShellWord.Of(folder)} --judge {string.Join(" --judge ", names.Select(Word))}{(rule is null ? "" : $" --panel {ShellWord.Of(rule)}")}";

    // What stands for a variable is the shell's to fill in here.
    private static string Word(string judge) => judge.Contains("${", StringComparison.Ordinal) ? $"\"{judge}\"" : ShellWord.Of(judge);
}
