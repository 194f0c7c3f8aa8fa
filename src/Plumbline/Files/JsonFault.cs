using System.Text.Json;

namespace Plumbline.Files;

/// <summary>What is wrong in a JSON document, in words: where it breaks off, or which field of it holds what does not belong there.</summary>
static class JsonFault
{
    // What the serializer says by itself of types, and where it looked, is no user's.
    const string OwnPlace = " Path: $";

    const string Root = "$";

    // How the reader tells that a text, a value or the whole is not closed.
    static readonly string[] Endings = ["end of data", "end of the JSON payload"];

    /// <summary>A sentence.</summary>
    public static string Describe(JsonException fault) => fault switch
    {
        { Path: { } path } when path.StartsWith(Root + ".", StringComparison.Ordinal) =>
            $"'{path[(Root.Length + 1)..]}' {(fault.Message.Contains(OwnPlace, StringComparison.Ordinal) ? "holds something else than belongs there." : $"cannot be read: {fault.Message}")}",
        { Path: null, LineNumber: { } line } when Endings.Any(end => fault.Message.Contains(end, StringComparison.Ordinal)) => $"it breaks off in line {line + 1}.",
        { Path: null, LineNumber: { } line } => $"line {line + 1}: {BeforePlace(fault.Message)}",
        _ => BeforePlace(fault.Message),
    };

    /// <summary>Refuses a null in a list: the serializer knows of fields alone whether they may be empty.</summary>
    /// <exception cref="JsonException">There is one.</exception>
    public static void RequireWholeLists(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var names = new Dictionary<int, string>();
        var isValue = false;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Null && !isValue)
                throw new JsonException($"'{names.GetValueOrDefault(reader.CurrentDepth - 1)}' holds a null in its list.");
            isValue = reader.TokenType == JsonTokenType.PropertyName;
            if (isValue)
                names[reader.CurrentDepth] = reader.GetString()!;
        }
    }

    static string BeforePlace(string message) => message.Split([OwnPlace, " LineNumber:"], StringSplitOptions.None)[0];
}
