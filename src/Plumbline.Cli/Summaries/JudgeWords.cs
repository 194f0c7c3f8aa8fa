using Plumbline.Audits;
using Plumbline.Reports.Text;

namespace Plumbline.Cli.Summaries;

/// <summary>Who scored, as the screen tells it.</summary>
internal static class JudgeWords
{
    /// <summary>The judge of a result: its name and its version.</summary>
    public static string Of(JudgeFacts judge) => Of(judge.Id, judge.Version);

    /// <inheritdoc cref="Of(JudgeFacts)"/>
    public static string Of(string id, string version) => $"{VisibleText.OneLine(id, 200)}, version {VisibleText.OneLine(version, 60)}";
}
