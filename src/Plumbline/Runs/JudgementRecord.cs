using System.Text.Json.Serialization;
using Plumbline.Judges;
using Plumbline.Pairs;

namespace Plumbline.Runs;

/// <summary>One judge's judgement of one answer. Several judges may judge the same stored answers.</summary>
/// <param name="At">When it was given.</param>
/// <param name="Case">The case's id.</param>
/// <param name="Side">The side.</param>
/// <param name="Judge">The judge's id.</param>
/// <param name="JudgeVersion">The judge's version.</param>
/// <param name="Judgement">Scores or the reason why there are none.</param>
/// <param name="Taken">Where a score was taken over from in the place of asking the judge again; null where the judge was asked. It costs nothing again.</param>
public sealed record JudgementRecord(
    DateTimeOffset At,
    string Case,
    Side Side,
    string Judge,
    string JudgeVersion,
    Judgement Judgement,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TakenFrom? Taken = null) : JournalRecord(At)
{
    /// <summary>Of the first score of this judge that was taken over from a run: how it did there on items whose score is known. Null on every other, and where it was
    /// shown none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ControlCounts? Controls { get; init; }
}
