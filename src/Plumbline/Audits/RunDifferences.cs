using System.Globalization;
using Plumbline.Judges.Models;
using Plumbline.Pairs;

namespace Plumbline.Audits;

/// <summary>Finds in what two runs differ besides their candidates.</summary>
static class RunDifferences
{
    /// <summary>The name of the difference that makes scores incomparable.</summary>
    public const string Judge = "judge";

    const string MayBeItsDoing = "A difference in the answers may be its doing.";

    /// <summary>The differences, the gravest first; empty for runs that differ in their candidates alone.</summary>
    public static IReadOnlyList<RunDifference> Of(AuditDocument first, AuditDocument second) =>
    [
        .. Where(Judge, $"{first.Judge.Id} {first.Judge.Version}", $"{second.Judge.Id} {second.Judge.Version}", "Two judges score the same answer differently: what moved may be the judge." + OfOneName(first.Judge, second.Judge)),
        .. Where("suite", Suite(first), Suite(second), "Only cases that both runs asked are compared."),
        .. Where("attacks", Attacks(first), Attacks(second), "Only cases that both runs asked are compared."),
        .. Where("temperature", Number(first.Sampling.Temperature), Number(second.Sampling.Temperature), MayBeItsDoing),
        .. Where("longest answer", Number(first.Sampling.MaxOutputTokens), Number(second.Sampling.MaxOutputTokens), MayBeItsDoing),
        .. Where("sampling seed", Number(first.Sampling.Seed), Number(second.Sampling.Seed), "Answers that are drawn at random differ by chance."),
        .. Where("system prompt", first.Sampling.SystemPrompt ?? "none", second.Sampling.SystemPrompt ?? "none", MayBeItsDoing),
        .. Where("baseline", Short(first.Baseline.Identity), Short(second.Baseline.Identity), "The baselines are not compared; each run's own verdict is against its own." + Why(first.Baseline, second.Baseline)),
        .. RuleWords.Apart(first.Rule, second.Rule) is { } rules ? Where("decision rule", rules.First, rules.Second, "The first run's rule decides here.") : [],
        .. Where("tool version", first.ToolVersion, second.ToolVersion, "The changelog marks what may shift a score."),
    ];

    static IEnumerable<RunDifference> Where(string name, string first, string second, string consequence) =>
        first == second ? [] : [new RunDifference(name, first, second, consequence)];

    static string Why(ModelFacts first, ModelFacts second) => OtherModel.Why(first, second) is { } why ? $" As far as is known, {why}." : "";

    /// <summary>Why a judge of one name has two versions, where a model judges, as a further sentence; nothing otherwise.</summary>
    public static string OfOneName(JudgeFacts first, JudgeFacts second) => first.Id != second.Id || !first.Id.Contains(ModelJudge.Separator) ? ""
        : " Under one name, the words of the judge or the model that judges have changed, or an earlier version of Plumbline knew that model by less of its files: which of these cannot be known.";

    static string Suite(AuditDocument audit) => $"{audit.Suite.Name}, {(audit.Suite.Version == "file" ? "from a file" : "version " + audit.Suite.Version)} ({Short(audit.Suite.Hash)})";

    // An attack's hash changes with its words; its id alone would hide that.
    static string Attacks(AuditDocument audit) =>
        string.Join(", ", audit.Attacks.Where(attack => attack.Cases > 0).Select(attack => $"{attack.Id} {Short(attack.Hash)}").Order(StringComparer.Ordinal));

    // Twelve digits tell two hashes apart, and sixty-four hide what a sentence says. What is no hash, such as the name of an endpoint, is told whole.
    static string Short(string identity) => identity.Length == 64 && identity.All(char.IsAsciiHexDigit) ? identity[..12] : identity;

    static string Number(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
