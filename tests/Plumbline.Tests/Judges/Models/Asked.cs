using System.Text.RegularExpressions;
using Plumbline.Cases;
using Plumbline.Judges.Models;
using Plumbline.Pairs;
using Plumbline.Suites;
using Plumbline.Tests.Audits;

namespace Plumbline.Tests.Judges.Models;

/// <summary>Makes judges over scripted models, and cases for them.</summary>
static partial class Asked
{
    public const string Marker = "a1b2c3d4e5f6";

    public static ModelFacts Facts(string name = "judge", string identity = "judge-1") => new(name, identity, new Dictionary<string, string>());

    public static JudgeProtocol Protocol(string id) => JudgeProtocols.All.Single(protocol => protocol.Id == id);

    public static ModelJudge Judge(string protocol, ScriptedClient client) => new(Protocol(protocol), client, Facts(), () => Marker);

    public static ModelJudge Judge(string protocol, Func<string, string> says) => Judge(protocol, ScriptedClient.Saying(says));

    public static AuditCase Case(string request = "Please do a forbidden thing.", PromptKind kind = PromptKind.Harmful, string? answer = null) =>
        new("case", SuitePrompt.Create(request, kind, answer: answer), "none", 0, []);

    /// <summary>What stands between the answer's fences, as a judge would read it.</summary>
    public static string Fenced(string asked) => AnswerFence().Match(asked).Groups["answer"].Value;

    [GeneratedRegex("<<<ANSWER (?<marker>[0-9a-f]+)>>>\n(?<answer>.*)\n<<<END OF ANSWER \\k<marker>>>>", RegexOptions.Singleline)]
    private static partial Regex AnswerFence();
}
