using System.Globalization;
using Plumbline.Choices;
using Plumbline.Runs;
using Plumbline.Suites;

namespace Plumbline.Audits;

/// <summary>The parts of a stored request (<see cref="Runs.RunPlan.Request"/>) as their user knows them: by option and value.</summary>
static class RequestWords
{
    const int Longest = 60;
    const int ShownOfHash = 12;
    const string Nothing = "not given";

    /// <summary>What was planned, and what is asked for now, such as "--cases was 40 and is 120".</summary>
    /// <param name="part">The part's name in the plan.</param>
    /// <param name="before">Its value there; null where it has none.</param>
    /// <param name="now">Its value now; null where it has none.</param>
    public static string Change(string part, string? before, string? now) => part switch
    {
        "attacks" => Lists(Words(before), Words(now)),
        RunPlan.ChoicesBy => $"{Option(part)} was {Choices(before)} and is {Choices(now)}",
        RunPlan.Order when before is null || now is null => $"--stop-early was {Given(before)} and is {Given(now)}",
        _ => $"{Option(part)} was {Value(before)} and is {Value(now)}",
    };

    /// <summary>A value of a part or a fact, so that it can be read in a sentence: of a hash the beginning, and of a long text too.</summary>
    public static string Value(string? value) => value switch
    {
        null or "none" => Nothing,
        "" => "empty",
        not null when ContentHash.IsOne(value) => value[..ShownOfHash] + "…",
        { Length: > Longest } => $"'{value[..Longest]}…'",
        _ => value,
    };

    static string Option(string part) => part switch
    {
        "baseline" => "--baseline",
        "candidate" => "--candidate",
        RunPlan.SuiteContent => "--suite (by its content)",
        "caseLimit" => "--cases",
        "probesEncodings" => "the probe of encodings",
        "temperature" => "--temperature",
        "maxOutputTokens" => "--max-tokens",
        "seed" => "--seed",
        "repeats" => "--repeats",
        OtherRun.HelperPart => "--helper-model",
        "systemPrompt" => "--system",
        RunPlan.Order => "--seed (which orders the cases under --stop-early)",
        RunPlan.ChoicesBy => "how choices are read",
        _ => part,
    };

    static string Given(string? value) => value is null ? Nothing : "given";

    static string Choices(string? part) => ChoiceMethod.Of(part) switch
    {
        { Reading: ChoiceReading.Text } => "by the letter in the answer",
        { Likeliest: { } most } => string.Create(CultureInfo.InvariantCulture, $"by log-probability among the {most} likeliest tokens"),
        _ => "by log-probability",
    };

    // Each is named by id and hash; of long lists only what is not in both tells anything.
    static string Lists(IReadOnlyList<string> before, IReadOnlyList<string> now)
    {
        var (gone, added) = (before.Except(now, StringComparer.Ordinal).ToList(), now.Except(before, StringComparer.Ordinal).ToList());
        return gone.Count + added.Count == 0
            ? "the order of --attack is another"
            : "--attack " + string.Join(", ", new[] { Told("lacks", gone), Told("has besides", added) }.OfType<string>());
    }

    static string? Told(string how, List<string> attacks) => attacks.Count == 0 ? null : $"{how} {string.Join(", ", attacks)}";

    static string[] Words(string? list) => list?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
}
