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
    /// <summary>How it scored the items with a known score that were mixed among the answers; null where it was shown none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ControlCounts? Controls { get; init; }

    /// <summary>How well it agrees with people, by what this judge in this version was evaluated on; null where it never was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<JudgeQuality>? Quality { get; init; }

    /// <summary>How it bears texts in an answer that mean to change the verdict; null where it was never tested.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public InjectionQuality? Injections { get; init; }

    /// <summary>The members of a panel; null for a single judge.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<JudgeFacts>? Members { get; init; }

    /// <summary>How far a panel's members agree; null for a single judge, or where no answer was scored by two.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PanelAgreement? Agreement { get; init; }
}
