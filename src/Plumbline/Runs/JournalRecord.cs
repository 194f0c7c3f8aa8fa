using System.Text.Json.Serialization;

namespace Plumbline.Runs;

/// <summary>One finished step of a run. Records are only ever appended.</summary>
/// <param name="At">When the step was finished, in UTC.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(OpenedRecord), "opened")]
[JsonDerivedType(typeof(AnswerRecord), "answer")]
[JsonDerivedType(typeof(JudgementRecord), "judgement")]
[JsonDerivedType(typeof(ControlRecord), "control")]
[JsonDerivedType(typeof(UsageRecord), "usage")]
[JsonDerivedType(typeof(PreparedRecord), "prepared")]
public abstract record JournalRecord(DateTimeOffset At);
