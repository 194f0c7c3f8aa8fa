namespace Plumbline.Transformers.Templates.Evaluation;

/// <summary>The value of a name that nothing has: prints as nothing, is false, and has no parts.</summary>
internal sealed record Undefined(string Name);
