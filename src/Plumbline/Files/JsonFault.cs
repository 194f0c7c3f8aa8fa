using System.Text.Json;

namespace Plumbline.Files;

/// <summary>What is wrong in a JSON document, in words: where it breaks off, or which field of it holds what does not belong there.</summary>
static class JsonFault
{
    const string Root = "$";
    const int Block = 1 << 16;

    // Where the runtime's own words go over to the place, which is told in ours.
    static readonly string[] Places = [" Path: ", " LineNumber: "];

    /// <summary>A sentence.</summary>
    /// <param name="fault">What the reader or the serializer threw.</param>
    /// <param name="path">The file that was read.</param>
    public static string Describe(JsonException fault, string path) => fault switch
    {
        FieldException { Path: { } place } when Field(place) is { } field => $"'{field}' cannot be read: {fault.Message}",
        { Path: { } place } when Field(place) is { } field => $"'{field}' holds something else than belongs there.",
        { Path: null, LineNumber: { } line } when BreaksOff(path) => $"it breaks off in line {line + 1}.",
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

    static string? Field(string path) => path.StartsWith(Root + ".", StringComparison.Ordinal) ? path[(Root.Length + 1)..] : null;

    // What the runtime says of a text, a value or a whole that is not closed is its own; a reader that may wait for more finds nothing wrong with a beginning.
    static bool BreaksOff(string path)
    {
        try
        {
            using var file = FileSum.Open(path);
            var (buffer, held, state) = (new byte[Block], 0, default(JsonReaderState));
            for (int read; (read = file.Read(buffer, held, buffer.Length - held)) > 0;)
            {
                held += read;
                var reader = new Utf8JsonReader(buffer.AsSpan(0, held), isFinalBlock: false, state);
                while (reader.Read())
                {
                }

                (held, state) = (held - (int)reader.BytesConsumed, reader.CurrentState);
                buffer.AsSpan((int)reader.BytesConsumed, held).CopyTo(buffer);
                if (held == buffer.Length)
                    Array.Resize(ref buffer, 2 * held);
            }

            return true;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return false;
        }
    }

    static string BeforePlace(string message) => message.Split(Places, StringSplitOptions.None)[0];
}
