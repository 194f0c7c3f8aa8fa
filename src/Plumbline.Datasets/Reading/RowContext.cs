using System.Text.Json;

namespace Plumbline.Datasets.Reading;

/// <summary>Where a row stands, so that an error can say so.</summary>
readonly record struct RowContext(string File, long Line)
{
    public DatasetException Error(string field, string problem) => DatasetException.At(File, Line, field, problem);

    /// <summary>The text of a field that must be there.</summary>
    public string Text(JsonElement row, string name, string path)
    {
        if (!row.TryGetProperty(name, out var value)) throw Error(path, "is missing. Add it, as a text.");
        if (value.ValueKind != JsonValueKind.String) throw Error(path, $"is {Describe(value)}, expected a text.");
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw DatasetException.At(File, Line, path, "holds half of a surrogate pair, which is no text. Mend the escape, or remove the row.", e);
        }
    }

    public static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "null",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a truth value",
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        _ => "a text",
    };
}
