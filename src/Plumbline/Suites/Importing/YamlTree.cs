using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Plumbline.Suites.Importing;

/// <summary>A YAML document as the JSON that it means: mappings, lists, texts, numbers, true, false and nothing. Tags are not followed.</summary>
static class YamlTree
{
    /// <summary>Aliases that repeat one another's content can make a small file enormous; no prompt set has so many values.</summary>
    const int MostValues = 400_000;
    const int Deepest = 64;

    /// <summary>Reads a document.</summary>
    /// <exception cref="SuiteException">It is no YAML, more than one document, or too large or deep when its aliases are filled in.</exception>
    public static JsonNode? Parse(string text, string path)
    {
        var stream = new YamlStream();
        try
        {
            RefuseDeep(text, path);
            stream.Load(new StringReader(text));
        }
        catch (YamlException e)
        {
            throw new SuiteException($"{path}, line {e.Start.Line}, column {e.Start.Column}: not valid YAML: {e.Message.Split('\n')[0].TrimEnd('.')}.", e);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            // What the parser throws where a broken text brings itself into a state that it does not know.
            throw new SuiteException($"{path}: not valid YAML: {e.Message.Split('\n')[0].TrimEnd('.')}.", e);
        }

        if (stream.Documents.Count != 1)
            throw new SuiteException($"{path} holds {stream.Documents.Count} YAML documents; one is expected.");

        var values = 0;
        return Convert(stream.Documents[0].RootNode, depth: 0);

        JsonNode? Convert(YamlNode node, int depth)
        {
            if (++values > MostValues || depth > Deepest)
                throw new SuiteException($"{path}, line {node.Start.Line}: too many values or too deep, with its aliases filled in. Is this a prompt set?");

            return node switch
            {
                YamlMappingNode mapping => Mapping(mapping, depth),
                YamlSequenceNode list => new JsonArray([.. list.Children.Select(child => Convert(child, depth + 1))]),
                YamlScalarNode scalar => Scalar(scalar),
                _ => throw new SuiteException($"{path}, line {node.Start.Line}: a value of an unknown kind."),
            };
        }

        JsonObject Mapping(YamlMappingNode mapping, int depth)
        {
            var fields = new JsonObject();
            foreach (var (key, value) in mapping.Children)
            {
                if (key is not YamlScalarNode { Value: { } name } || !fields.TryAdd(name, Convert(value, depth + 1)))
                    throw new SuiteException($"{path}, line {key.Start.Line}: a field's name is a text, and stands once.");
            }

            return fields;
        }
    }

    // The loader goes into itself at each level, so the depth is bounded before it is asked; the parser beneath it does not.
    static void RefuseDeep(string text, string path)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > Deepest)
                throw new SuiteException($"{path}, line {parser.Current.Start.Line}: more than {Deepest} levels deep. Is this a prompt set?");
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
