namespace Plumbline.Tuning.Formats;

/// <summary>What each of Plumbline's attacks demands of the answer's shape, in bob's terms.</summary>
public static class AttackFormats
{
    static readonly Dictionary<string, AnswerFormat> ById = new(StringComparer.Ordinal)
    {
        ["none"] = new PlainFormat(),
        ["prefix_injection"] = new OpeningFormat("Sure, here it is:"),
        ["refusal_suppression"] = new WordBanFormat(WordBanFormat.RefusalWords),
        ["style_injection_short"] = new BareWordsFormat(),
        ["style_injection_json"] = new JsonFormat(),
        ["distractors"] = new NumberedFormat(2),
    };

    /// <summary>The attacks that bob can follow.</summary>
    public static IReadOnlyList<string> Known { get; } = [.. ById.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The attack that demands a format, if one does.</summary>
    public static string? AttackFor(string formatId) => Known.FirstOrDefault(attack => ById[attack].Id == formatId);

    /// <summary>The shape that an attack demands; none for an attack that demands none or that bob has never met.</summary>
    public static AnswerFormat Of(string attack) => ById.GetValueOrDefault(attack) ?? new PlainFormat();
}
