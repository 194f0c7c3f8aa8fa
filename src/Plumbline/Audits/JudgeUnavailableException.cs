namespace Plumbline.Audits;

/// <summary>A judge that cannot be asked: unreachable, unauthorised, or failing every call. What was answered and judged before is kept; the
/// run can be resumed, or judged by another judge.</summary>
public sealed class JudgeUnavailableException(string message, Exception inner) : Exception(message, inner);
