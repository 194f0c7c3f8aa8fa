using System.Text.Json.Nodes;

namespace Plumbline.Configuration.Values;

/// <summary>A text.</summary>
/// <param name="what">What the text is, for messages.</param>
/// <param name="mayBeEmpty">Whether nothing is a value too.</param>
internal sealed class TextShape(string what, bool mayBeEmpty = false) : ValueShape<string>
{
    public override string Expected => what;

    public override bool TryRead(string text, out string value)
    {
        value = text;
        return mayBeEmpty || !string.IsNullOrWhiteSpace(text);
    }

    public override JsonObject Schema()
    {
        var schema = new JsonObject { ["type"] = "string" };
        if (!mayBeEmpty) schema["minLength"] = 1;
        return schema;
    }
}
