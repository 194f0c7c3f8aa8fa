namespace Plumbline.Transformers.Templates.Evaluation;

/// <summary>A mapping from texts, in the order of their writing.</summary>
internal sealed class TemplateMap : OrderedDictionary<string, object?>
{
    public TemplateMap()
        : base(StringComparer.Ordinal)
    {
    }
}
