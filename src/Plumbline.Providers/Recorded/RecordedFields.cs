using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Plumbline.Providers.Recorded;

/// <summary>The fields of one object in a file of recorded answers; what is wrong with one is told with its place.</summary>
internal sealed class RecordedFields
{
    private readonly JsonElement _object;

    /// <exception cref="ModelReferenceException">It is no object.</exception>
    public RecordedFields(JsonElement value, string where)
    {
        Where = where;
        _object = value.ValueKind == JsonValueKind.Object ? value : throw new ModelReferenceException($"{where}: expected an object, found {Named(value)}.");
    }

    /// <summary>File, line and, inside the line, the field.</summary>
    public string Where { get; }

    /// <exception cref="ModelReferenceException">There is another field: a misspelt one that is silently ignored costs more than an error.</exception>
    public void AllowOnly(IReadOnlyCollection<string> names)
    {
        foreach (var property in _object.EnumerateObject())
        {
            if (!names.Contains(property.Name)) throw new ModelReferenceException($"{Where}: the field '{property.Name}' is unknown. There are {string.Join(", ", names)}.");
        }
    }

    public string? Text(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? WholeText(value, name)
        : throw Expected(name, "a text", value);

    public string RequiredText(string name) => Text(name) ?? throw new ModelReferenceException($"{Where}: the field '{name}' is missing.");

    /// <summary>A number that is not negative, within <typeparamref name="T"/>'s range.</summary>
    public T? Number<T>(string name)
        where T : struct, INumber<T>
    {
        if (Find(name) is not { } value) return null;
        return value.ValueKind == JsonValueKind.Number && T.TryParse(value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && T.IsFinite(number) && !T.IsNegative(number)
            ? number
            : throw Expected(name, $"a number that is not negative{(T.IsInteger(T.One / (T.One + T.One)) ? ", without a fraction" : "")}", value);
    }

    public T RequiredNumber<T>(string name)
        where T : struct, INumber<T> => Number<T>(name) ?? throw new ModelReferenceException($"{Where}: the field '{name}' is missing.");

    public RecordedFields? Object(string name) => Find(name) is { } value ? new RecordedFields(value, $"{Where}, field '{name}'") : null;

    public IReadOnlyList<RecordedFields>? Objects(string name)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0) throw Expected(name, "a list that is not empty", value);
        return [.. value.EnumerateArray().Select((item, index) => new RecordedFields(item, $"{Where}, field '{name}', item {index + 1}"))];
    }

    private JsonElement? Find(string name) => _object.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private string? WholeText(JsonElement value, string name)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException exception)
        {
            throw new ModelReferenceException($"{Where}, field '{name}': holds half of a surrogate pair, which is no text.", exception);
        }
    }

    private ModelReferenceException Expected(string name, string what, JsonElement value) => new($"{Where}, field '{name}': expected {what}, found {Named(value)}.");

    private static string Named(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.GetArrayLength() == 0 ? "an empty list" : "a list",
        JsonValueKind.Object => "an object",
        JsonValueKind.Number => value.GetRawText() is { Length: <= 40 } digits ? digits : "a long number",
        JsonValueKind.String => "a text",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        _ => "null",
    };
}
