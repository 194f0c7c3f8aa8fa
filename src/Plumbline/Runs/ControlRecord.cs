using Plumbline.Judges;

namespace Plumbline.Runs;

/// <summary>A judge's judgement of an item whose score is known.</summary>
/// <param name="At">When it was given.</param>
/// <param name="Judge">The judge's id.</param>
/// <param name="JudgeVersion">The judge's version.</param>
/// <param name="Item">The item's id.</param>
/// <param name="AsExpected">Whether the score lies where it must; null where there is none.</param>
/// <param name="Judgement">What the judge said.</param>
public sealed record ControlRecord(
    DateTimeOffset At,
    string Judge,
    string JudgeVersion,
    string Item,
    bool? AsExpected,
    Judgement Judgement) : JournalRecord(At);
