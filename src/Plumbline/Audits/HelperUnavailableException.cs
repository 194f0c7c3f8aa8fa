namespace Plumbline.Audits;

/// <summary>The helper model answers nothing, so the attacks that it should prepare cannot be planned. Nothing is stored yet.</summary>
public sealed class HelperUnavailableException(string message, Exception inner) : Exception(message, inner);
