using System.Text.Json;
using Plumbline.Server.Errors;

namespace Plumbline.Server.ChatCompletions;

/// <summary>Optional fields of a JSON object; null counts as absent, and a value of the wrong kind or range names its field.</summary>
internal readonly struct FieldReader
{
    private readonly JsonElement body;

    public FieldReader(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw new ApiException($"A JSON object is expected; there is {body.ValueKind}.");
        this.body = body;
    }

    public JsonElement? Value(string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public string? Text(string name) => Value(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        _ => throw Wrong(name, "a string"),
    };

    public bool? Flag(string name) => Value(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw Wrong(name, "true or false"),
    };

    public float? Number(string name, float least, float most)
    {
        if (Value(name) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetSingle(out var number) && number >= least && number <= most
            ? number
            : throw Wrong(name, $"a number from {least} to {most}");
    }

    public int? Whole(string name, int least, int most)
    {
        if (Value(name) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : throw Wrong(name, $"a whole number from {least} to {most}");
    }

    public long? Long(string name)
    {
        if (Value(name) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : throw Wrong(name, "a whole number");
    }

    private static ApiException Wrong(string name, string expected) => new($"The field {name} must be {expected}.") { Param = name };
}
