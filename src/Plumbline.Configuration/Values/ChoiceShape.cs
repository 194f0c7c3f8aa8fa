using System.Text.Json.Nodes;

namespace Plumbline.Configuration.Values;

/// <summary>One of a few names.</summary>
internal sealed class ChoiceShape(IReadOnlyList<string> names) : ValueShape<string>
{
    public override string Expected => names.Count == 1 ? names[0] : "one of " + string.Join(", ", names);

    public override bool TryRead(string text, out string value)
    {
        value = text;
        return names.Contains(text, StringComparer.Ordinal);
    }

    public override JsonObject Schema() => new() { ["enum"] = new JsonArray([.. names.Select(name => (JsonNode)name)]) };
}
