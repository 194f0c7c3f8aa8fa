using System.Text.Json.Serialization;
using Plumbline.Attacks.Assisted;

namespace Plumbline.Attacks;

/// <summary>One attack of the plan.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Mode">Why it can work.</param>
/// <param name="IsEncoding">Whether it encodes the request or asks for an encoded answer.</param>
/// <param name="Cases">How many cases use it; 0 where it was left out.</param>
/// <param name="Hash">SHA-256 of its text for a fixed sample request: changes when the attack's words change.</param>
/// <param name="Probe">What the decode probe found; null for an attack that does not encode, and where the probe was switched off.</param>
public sealed record AttackFacts(string Id, FailureMode Mode, bool IsEncoding, int Cases, string Hash, DecodeProbeResult? Probe)
{
    /// <summary>Whether it is another attack without the part that is held to work.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsAblation { get; init; }

    /// <summary>The user's file that its words came from; null for words of ours.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AttackFile? File { get; init; }

    /// <summary>Why it was left out for another reason than the decode probe's, in a sentence; null where it was not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LeftOut { get; init; }

    /// <summary>Whether it was asked, as far as a limit on the cases allowed.</summary>
    [JsonIgnore]
    public bool IsKept => LeftOut is null && Probe is not { Kept: false };

    /// <summary>The model that prepared it, by its name; null where none had to.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PreparedBy { get; init; }

    /// <summary>The prompts that it could not be prepared for, and that are therefore not asked under it; null where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<UnpreparedPrompt>? Unprepared { get; init; }

    /// <summary>Describes an attack.</summary>
    public static AttackFacts Of(IAttack attack, int cases, DecodeProbeResult? probe, string? leftOut = null) =>
        new(attack.Id, attack.Mode, attack.IsEncoding, cases, AttackCatalog.HashOf(attack), probe)
        {
            IsAblation = attack.IsAblation,
            File = attack.File,
            LeftOut = leftOut,
        };
}
