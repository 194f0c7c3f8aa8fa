using System.Text.Json;

namespace Plumbline.Transformers.Checkpoints;

/// <summary>The fields of a JSON object in a file, read with errors that name the file and the field. JSON's null counts as absent.</summary>
internal readonly struct JsonFields
{
    private readonly JsonElement element;
    private readonly string prefix;

    private JsonFields(string file, JsonElement element, string prefix)
    {
        File = file;
        this.element = element;
        this.prefix = prefix;
    }

    /// <summary>The file's path.</summary>
    public string File { get; }

    /// <summary>Reads a file whose root is an object.</summary>
    /// <exception cref="CheckpointException">It cannot be read, or is no JSON object.</exception>
    public static JsonFields Read(string path)
    {
        try
        {
            return Parse(path, System.IO.File.ReadAllBytes(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"The file {path} cannot be read: {error.Message} Check that it exists and that you may read it.", error);
        }
    }

    /// <summary>Reads bytes that came from <paramref name="path"/>.</summary>
    /// <exception cref="CheckpointException">They are no JSON object.</exception>
    public static JsonFields Parse(string path, ReadOnlyMemory<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json.Span);
            var root = JsonElement.ParseValue(ref reader);
            RequireWholeText(path, json.Span);
            return root.ValueKind == JsonValueKind.Object
                ? new JsonFields(path, root, string.Empty)
                : throw new CheckpointException($"The file {path} holds {Kind(root)}; expected a JSON object. Copy or download it again.");
        }
        catch (JsonException error)
        {
            throw new CheckpointException($"The file {path} is not valid JSON: {error.Message} Copy or download it again.", error);
        }
    }

    /// <summary>Escapes can spell half of a surrogate pair: valid JSON, but no text, and an error wherever it is first read.</summary>
    private static void RequireWholeText(string path, ReadOnlySpan<byte> json)
    {
        if (json.IndexOf("\\ud"u8) < 0 && json.IndexOf("\\uD"u8) < 0) return;

        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName) reader.GetString();
        }
        catch (InvalidOperationException error)
        {
            throw new CheckpointException($"The file {path} holds half of a surrogate pair at byte {reader.TokenStartIndex}, which is no text. Copy or download it again.", error);
        }
    }

    /// <summary>An object that is somewhere inside of a file; <paramref name="prefix"/> says where.</summary>
    /// <exception cref="CheckpointException">It is no object.</exception>
    public static JsonFields Of(string path, JsonElement element, string prefix) => element.ValueKind == JsonValueKind.Object
        ? new JsonFields(path, element, prefix)
        : throw new CheckpointException($"{path}: {prefix.TrimEnd('.')} holds {Kind(element)}; expected an object.");

    /// <summary>The raw value, if the field is there and not null.</summary>
    public JsonElement? Value(string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>An object, if the field is there.</summary>
    public JsonFields? Object(string name) => Value(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } value => new JsonFields(File, value, $"{prefix}{name}."),
        { } value => throw Wrong(name, "an object", value),
    };

    /// <summary>A text, if the field is there.</summary>
    public string? Text(string name) => Value(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => Unescaped(name, value),
        { } value => throw Wrong(name, "a text", value),
    };

    /// <summary>A whole number that must be there, of at least <paramref name="smallest"/>.</summary>
    public int Whole(string name, int smallest = 1) => OptionalWhole(name, smallest) ?? throw Missing(name, "a whole number");

    /// <summary>A whole number, if the field is there.</summary>
    public int? OptionalWhole(string name, int smallest = 1)
    {
        if (Value(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var whole) && whole >= smallest)
            return whole;
        throw Wrong(name, $"a whole number of at least {smallest}", value);
    }

    /// <summary>A finite number, if the field is there.</summary>
    public float? Number(string name, float? above = null)
    {
        if (Value(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetSingle(out var number) && float.IsFinite(number) && !(number <= above))
            return number;
        throw Wrong(name, above is null ? "a number" : $"a number above {above}", value);
    }

    /// <summary>True or false, if the field is there.</summary>
    public bool? Flag(string name) => Value(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } value => throw Wrong(name, "true or false", value),
    };

    /// <summary>One token id or a list of them; none if the field is absent.</summary>
    public IReadOnlyList<int> Tokens(string name)
    {
        var field = this;
        return Value(name) switch
        {
            null => [],
            { ValueKind: JsonValueKind.Array } value => [.. value.EnumerateArray().Select(item => field.Token(name, item))],
            { } value => [Token(name, value)],
        };
    }

    /// <summary>A list of texts; none if the field is absent.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        var field = this;
        return Value(name) switch
        {
            null => [],
            { ValueKind: JsonValueKind.Array } value => [.. value.EnumerateArray().Select(item => field.TextItem(name, item))],
            { } value => throw Wrong(name, "a list of texts", value),
        };
    }

    /// <summary>An error about a field that has an unexpected value.</summary>
    public CheckpointException Wrong(string name, string expected, JsonElement value)
    {
        var text = value.GetRawText();
        return new($"{File}: the field {prefix}{name} is {(text.Length > 80 ? text[..80] + "…" : text)}; expected {expected}.");
    }

    /// <summary>An error about a field that is not there.</summary>
    public CheckpointException Missing(string name, string expected) => new($"{File}: the field {prefix}{name} is missing; expected {expected}.");

    private string? Unescaped(string name, JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            throw Wrong(name, "a text without half of a surrogate pair", text);
        }
    }

    private string TextItem(string name, JsonElement item) =>
        item.ValueKind == JsonValueKind.String && Unescaped(name, item) is { } text ? text : throw Wrong(name, "a list of texts", item);

    private int Token(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var id) && id >= 0 ? id : throw Wrong(name, "token ids", value);

    private static string Kind(JsonElement value) => value.ValueKind == JsonValueKind.Array ? "a list" : "a single value";
}
