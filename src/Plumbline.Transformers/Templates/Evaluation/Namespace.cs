namespace Plumbline.Transformers.Templates.Evaluation;

/// <summary>Jinja's <c>namespace()</c>: attributes that a loop's body may set and the code after it sees.</summary>
internal sealed class Namespace
{
    public Dictionary<string, object?> Attributes { get; } = new(StringComparer.Ordinal);
}
