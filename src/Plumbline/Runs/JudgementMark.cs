using Plumbline.Judges;

namespace Plumbline.Runs;

/// <summary>What is known of a judgement without reading its reason.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Outline">Its score, or why there is none; its reason is empty. Null where there is no judgement.</param>
readonly record struct JudgementMark(RecordPlace Place, Judgement? Outline);
