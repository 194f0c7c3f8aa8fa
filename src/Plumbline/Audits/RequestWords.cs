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
        _ => $"{Option(part)} was {Value(before)} and is {Value(now)}",
    };

    static string Option(string part) => part switch
    {
        "baseline" => "--baseline",
        "candidate" => "--candidate",
        "suite" => "--suite (by its content)",
        "caseLimit" => "--cases",
        "probesEncodings" => "the probe of encodings",
        "temperature" => "--temperature",
        "maxOutputTokens" => "--max-tokens",
        "seed" => "--seed",
        "repeats" => "--repeats",
        "helper" => "--helper-model",
        "systemPrompt" => "--system",
        "order" => "--stop-early (the seed of its order)",
        "choices" => "how choices are read",
        _ => part,
    };

    static string Value(string? value) => value switch
    {
        null or "none" => Nothing,
        "" => "empty",
        { Length: 64 } when value.All(char.IsAsciiHexDigitLower) => value[..ShownOfHash] + "…",
        { Length: > Longest } => $"'{value[..Longest]}…'",
        _ => value,
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
