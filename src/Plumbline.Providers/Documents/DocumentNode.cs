using System.Globalization;
using System.Text.Json.Nodes;
using Plumbline.Files;
using Plumbline.Naming;
using Plumbline.Yaml;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Plumbline.Providers.Documents;

/// <summary>
/// A value in a YAML or JSON file that a user wrote (JSON is read as the YAML that it is), with its place. Whatever is wrong with it is told
/// with file, line and field.
/// </summary>
internal sealed class DocumentNode
{
    private readonly YamlNode _node;
    private readonly string _file;
    private readonly string _field;
    private readonly Func<string, Exception?, Exception> _fault;

    private DocumentNode(YamlNode node, string file, string field, Func<string, Exception?, Exception> fault) => (_node, _file, _field, _fault) = (node, file, field, fault);

    /// <summary>The line that it begins in, from 1.</summary>
    public long Line => _node.Start.Line;

    /// <summary>File, line and field.</summary>
    public string Where => _field.Length == 0 ? $"{_file}, line {Line}" : $"{_file}, line {Line}, field '{_field}'";

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="fault">Makes the exception for a fault out of its sentence and, where there is one, its cause.</param>
    public static DocumentNode Load(string path, Func<string, Exception?, Exception> fault)
    {
        IReadOnlyList<YamlNode> documents;
        try
        {
            documents = YamlDocuments.Read(BoundedFile.ReadText(path));
        }
        catch (YamlFormatException exception)
        {
            throw fault($"{path}, line {exception.Line}, column {exception.Column}: {exception.Message}.", exception);
        }
        catch (System.Text.DecoderFallbackException exception)
        {
            throw fault($"{path} is not valid UTF-8. Save the file as UTF-8.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw fault($"{path} cannot be read: {exception.Message}", exception);
        }

        return documents.Count == 1
            ? new DocumentNode(documents[0], path, "", fault)
            : throw fault($"{path} holds {documents.Count} documents; expected one.", null);
    }

    /// <summary>The fields of an object, in order.</summary>
    public IEnumerable<(string Name, DocumentNode Value)> Fields()
    {
        var mapping = _node as YamlMappingNode ?? throw Expected("an object with fields");
        foreach (var (key, value) in mapping.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? throw new DocumentNode(key, _file, _field, _fault).Expected("a field's name");
            yield return (name, new DocumentNode(value, _file, _field.Length == 0 ? name : $"{_field}.{name}", _fault));
        }
    }

    /// <summary>A field's value; null where it is missing, or null.</summary>
    public DocumentNode? Field(string name) => Fields().Where(field => field.Name == name).Select(field => field.Value).FirstOrDefault(value => !value.IsNull);

    /// <summary>A field's value.</summary>
    public DocumentNode RequiredField(string name) => Field(name) ?? throw Fault($"the field '{name}' is missing");

    /// <summary>Refuses other fields: a misspelt one that is silently ignored costs more than an error.</summary>
    public void AllowOnly(params IReadOnlyCollection<string> names)
    {
        foreach (var (name, value) in Fields())
        {
            if (!names.Contains(name)) throw value.Fault($"there is no such field.{Spelling.Meant(name, names)} There are {string.Join(", ", names)}");
        }
    }

    /// <summary>A text that is not empty.</summary>
    public string Text() => _node is YamlScalarNode { Value: { Length: > 0 } text } && !IsNull ? text : throw Expected("a text");

    /// <summary>A number from 0 to a million.</summary>
    public decimal Amount() =>
        _node is YamlScalarNode { Style: ScalarStyle.Plain, Value: { } text } && decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
        && number <= 1_000_000
            ? number
            : throw Expected("a number from 0 to 1000000");

    /// <summary>The value as JSON, by YAML's core schema: plain true, false, null and numbers are what they look like, everything else is text.</summary>
    public JsonNode? Json() => Json(_node);

    /// <summary>A fault of this value, with its place.</summary>
    public Exception Fault(string what, Exception? cause = null) => _fault($"{Where}: {what}.", cause);

    private bool IsNull => _node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" or "Null" or "NULL" };

    private JsonNode? Json(YamlNode node)
    {
        switch (node)
        {
            case YamlMappingNode mapping:
                var fields = new JsonObject();
                foreach (var (key, value) in mapping.Children)
                    fields[(key as YamlScalarNode)?.Value ?? throw Fault("a field's name must be a text")] = Json(value);
                return fields;
            case YamlSequenceNode sequence:
                return new JsonArray([.. sequence.Children.Select(item => Json(item))]);
            case YamlScalarNode scalar:
                return Json(scalar);
            default:
                throw Fault("an alias to another place of the file is not supported here");
        }
    }

    private static JsonValue? Json(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style != ScalarStyle.Plain) return JsonValue.Create(text);
        return text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => JsonValue.Create(true),
            "false" or "False" or "FALSE" => JsonValue.Create(false),
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
            _ when decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
            _ => JsonValue.Create(text),
        };
    }

    private Exception Expected(string what) => Fault($"expected {what}, found {Found}");

    private string Found => _node switch
    {
        YamlMappingNode => "an object",
        YamlSequenceNode => "a list",
        YamlScalarNode { Value.Length: > 60 } => "a long text",
        YamlScalarNode { Value.Length: > 0 } scalar => $"'{scalar.Value}'",
        _ => "nothing",
    };
}
