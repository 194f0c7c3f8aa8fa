namespace Plumbline.Providers.Models;

/// <summary>Answers that were recorded earlier, in the place of a model.</summary>
/// <param name="Text">The string as it was given.</param>
/// <param name="File">The JSONL file.</param>
public sealed record RecordedModelReference(string Text, string File) : ModelReference(Text);
