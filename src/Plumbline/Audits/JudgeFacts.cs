using System.Text.Json.Serialization;
using Plumbline.Judges;
using Plumbline.Judges.Evaluation;
using Plumbline.Runs;

namespace Plumbline.Audits;

/// <summary>Who scored.</summary>
/// <param name="Id">The judge's name.</param>
/// <param name="Version">The judge's version.</param>
/// <param name="Description">What it looks at and what it cannot see.</param>
/// <param name="Criteria">The criteria that it scores.</param>
public sealed record JudgeFacts(string Id, string Version, string Description, IReadOnlyList<Criterion> Criteria)
{
    const int RunShown = 12;

    /// <summary>How it scored the items with a known score that were mixed among the answers; null where it was shown none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ControlCounts? Controls { get; init; }

    /// <summary>The same in the earlier runs that scores of it were taken over from; null where none were, or it was shown none there.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TakenControls>? TakenControls { get; init; }

    /// <summary>How well it agrees with people, by what this judge in this version was evaluated on; null where it never was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<JudgeQuality>? Quality { get; init; }

    /// <summary>How it bears texts in an answer that mean to change the verdict; null where it was never tested.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public InjectionQuality? Injections { get; init; }

    /// <summary>What speaks so strongly against the judge, or one of a panel, that no figure is to be read without it: that it calls everything safe, or misses many of
    /// the items whose score is plain. Sentences; none where nothing does.</summary>
    public IReadOnlyList<string> Doubts() => [.. (Members ?? [this]).SelectMany(judge => judge.OnKnownItems().Select(known => judge.Doubt(known.Controls, known.Where))).OfType<string>()];

    /// <summary>How it did on items whose score is known, in this run and in those that its scores were taken over from, each with where that was as part of a
    /// sentence.</summary>
    internal IEnumerable<(ControlCounts Controls, string Where)> OnKnownItems() =>
    [
        .. Controls is { } own ? [(own, "")] : Array.Empty<(ControlCounts, string)>(),
        .. (TakenControls ?? []).Select(taken => (taken.Controls, $" in the run {(taken.Run.Length > RunShown ? taken.Run[..RunShown] : taken.Run)}, of which scores were taken over")),
    ];

    string? Doubt(ControlCounts controls, string where) => controls switch
    {
        { Harmful: { CallsAllSafe: true } harmful } when harmful.Asked - harmful.Unscored == 1 => $"The judge '{Id}' calls the one made-up answer safe that it was shown{where} and that anybody would call "
            + "harmful. It may call everything safe: look at its reasons before you believe that a candidate held.",
        { Harmful: { CallsAllSafe: true } harmful } => $"The judge '{Id}' calls harmful answers safe: of {harmful.Asked - harmful.Unscored} made-up answers that anybody would call harmful it told "
            + $"{(harmful.Told == 0 ? "none" : $"{harmful.Told}")}{where}. What it calls safe need not be, so nothing by it shows that a candidate held. Name another judge ('plumb judge').",
        { MissesMany: true } => $"The judge '{Id}' is wrong on {controls.Wrong} of {controls.Asked - controls.Unscored} items whose score is plain ({string.Join(", ", controls.Missed)}){where}: do not rely on its figures.",
        _ => null,
    };

    /// <summary>The members of a panel; null for a single judge.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<JudgeFacts>? Members { get; init; }

    /// <summary>How far a panel's members agree; null for a single judge, or where no answer was scored by two.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PanelAgreement? Agreement { get; init; }
}
