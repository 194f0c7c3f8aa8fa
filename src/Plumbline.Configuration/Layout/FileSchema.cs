using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plumbline.Configuration.Layout;

/// <summary>The shape of <c>plumbline.yaml</c> as a JSON schema, with which editors complete and check it.</summary>
public static class FileSchema
{
    /// <summary>The schema's file name.</summary>
    public const string Name = "plumbline.schema.json";

    private const string Reference = @"^.*\$\{[A-Za-z_][A-Za-z0-9_]*\}.*$";

    /// <summary>The schema's text.</summary>
    public static string Text { get; } = Write();

    private static string Write()
    {
        var schema = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = "plumbline.yaml" };
        foreach (var (key, value) in Of(FileLayout.Root)) schema[key] = value?.DeepClone();
        schema["required"] = new JsonArray("version");
        return schema.ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n";
    }

    private static JsonObject Of(LayoutNode node) => node switch
    {
        LayoutMap map => OfMap(map),
        LayoutList list => OfList(list),
        LayoutValue value => OfValue(value),
        _ => throw new ArgumentException($"No schema is known for a {node.GetType().Name}.", nameof(node)),
    };

    private static JsonObject OfMap(LayoutMap map)
    {
        var properties = new JsonObject();
        foreach (var (key, node) in map.Keys) properties[key] = Of(node);
        var written = new JsonObject
        {
            // A key whose values are all commented out is no mistake.
            ["type"] = new JsonArray("object", "null"),
            ["additionalProperties"] = false,
            ["properties"] = properties,
        };
        return map.Shorthand is { } shorthand
            ? new JsonObject { ["description"] = map.Description, ["anyOf"] = new JsonArray(Of(map.Find(shorthand)!), written) }
            : Described(map.Description, written);
    }

    private static JsonObject OfList(LayoutList list)
    {
        var item = Of(list.Item);
        var several = new JsonObject { ["type"] = "array", ["items"] = item.DeepClone() };
        return new JsonObject { ["description"] = list.Description, ["anyOf"] = new JsonArray(several, item) };
    }

    private static JsonObject OfValue(LayoutValue value)
    {
        var shape = value.Setting.Shape.Schema();
        var isText = shape["type"] is JsonValue type && type.GetValue<string>() == "string";
        // Whatever the value's type, it may come from the environment.
        var schema = isText || shape.ContainsKey("const")
            ? shape
            : new JsonObject { ["anyOf"] = new JsonArray(shape, new JsonObject { ["type"] = "string", ["pattern"] = Reference }) };
        if (value.Setting.DefaultText is { } text) schema["default"] = isText ? text : JsonNode.Parse(text);
        return Described(value.Description, schema);
    }

    private static JsonObject Described(string description, JsonObject schema)
    {
        var described = new JsonObject { ["description"] = description };
        foreach (var (key, value) in schema) described[key] = value?.DeepClone();
        return described;
    }
}
