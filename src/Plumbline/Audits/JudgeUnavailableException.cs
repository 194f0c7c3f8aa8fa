namespace Plumbline.Audits;

/// <summary>A judge that cannot be asked: unreachable, unauthorised, failing every call, or never answering with a verdict that can be read. What was answered and judged before is kept; the
/// run can be resumed, or judged by another judge.</summary>
public sealed class JudgeUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
