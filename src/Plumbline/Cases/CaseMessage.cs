namespace Plumbline.Cases;

/// <summary>One message of a case's conversation.</summary>
/// <param name="Role">"system", "user" or "assistant".</param>
/// <param name="Content">The text.</param>
public sealed record CaseMessage(string Role, string Content);
