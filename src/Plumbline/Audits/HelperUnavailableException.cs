namespace Plumbline.Audits;

/// <summary>The helper model cannot be asked, so the attacks that it prepares cannot be planned. What it wrote before is kept; the same command goes on.</summary>
public sealed class HelperUnavailableException(string message, Exception inner) : Exception(message, inner);
