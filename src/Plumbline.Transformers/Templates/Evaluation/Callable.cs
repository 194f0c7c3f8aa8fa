namespace Plumbline.Transformers.Templates.Evaluation;

/// <summary>A function or macro.</summary>
internal sealed record Callable(string Name, Func<CallArguments, object?> Invoke);
