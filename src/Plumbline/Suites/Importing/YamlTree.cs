using System.Globalization;
using System.Text.Json.Nodes;
using Plumbline.Yaml;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Plumbline.Suites.Importing;

/// <summary>A YAML document as the JSON that it means: mappings, lists, texts, numbers, true, false and nothing. Tags are not followed.</summary>
static class YamlTree
{
    /// <summary>Aliases that repeat one another's content can make a small file enormous; no prompt set has so many values.</summary>
    const int MostValues = 400_000;

    /// <summary>Reads a document.</summary>
    /// <exception cref="SuiteException">It is no YAML, more than one document, or too large or deep when its aliases are filled in.</exception>
    public static JsonNode? Parse(string text, string path)
    {
        var documents = Read(text, path);
        if (documents.Count != 1)
            throw new SuiteException($"{path} holds {documents.Count} YAML documents; one is expected.");

        return Convert(documents[0]);

        JsonNode? Convert(YamlNode node)
        {
            return node switch
            {
                YamlMappingNode mapping => Mapping(mapping),
                YamlSequenceNode list => new JsonArray([.. list.Children.Select(child => Convert(child))]),
                YamlScalarNode scalar => Scalar(scalar),
                _ => throw new SuiteException($"{path}, line {node.Start.Line}: a value of an unknown kind."),
            };
        }

        JsonObject Mapping(YamlMappingNode mapping)
        {
            var fields = new JsonObject();
            foreach (var (key, value) in mapping.Children)
            {
                if (key is not YamlScalarNode { Value: { } name } || !fields.TryAdd(name, Convert(value)))
                    throw new SuiteException($"{path}, line {key.Start.Line}: a field's name is a text, and stands once.");
            }

            return fields;
        }
    }

    static IReadOnlyList<YamlNode> Read(string text, string path)
    {
        try
        {
            return YamlDocuments.Read(text, MostValues);
        }
        catch (YamlFormatException fault)
        {
            throw new SuiteException($"{path}, line {fault.Line}, column {fault.Column}: not valid YAML for a prompt set: {fault.Message}.", fault);
        }
    }

    // What stands in quotes is a text, whatever it looks like (YAML 1.2, core schema).
    static JsonValue? Scalar(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style != ScalarStyle.Plain)
            return JsonValue.Create(text);

        return text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => JsonValue.Create(true),
            "false" or "False" or "FALSE" => JsonValue.Create(false),
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
            _ when text.Any(char.IsAsciiDigit) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => JsonValue.Create(number),
            _ => JsonValue.Create(text),
        };
    }
}
