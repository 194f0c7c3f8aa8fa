namespace Plumbline.Transformers.Templates;

/// <summary>One turn of a conversation. Roles are the template's own, usually <c>system</c>, <c>user</c> and <c>assistant</c>.</summary>
public sealed record TemplateMessage(string Role, string Content);
