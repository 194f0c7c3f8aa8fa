using Plumbline.Runs;

namespace Plumbline.Audits.Reuse;

/// <summary>An answer of an earlier run that stands for a call.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="From">The call that it came from first of all.</param>
readonly record struct StoredAnswer(AnswerRecord Answer, TakenFrom From);
