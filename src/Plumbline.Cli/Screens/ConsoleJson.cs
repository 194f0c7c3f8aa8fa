using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Plumbline.Cli.Screens;

/// <summary>
/// JSON for a terminal or a pipe, where no HTML is near: a plus sign and an umlaut stand as they are. What may not reach a terminal is escaped rather than taken
/// out, so that whoever reads the JSON has the whole text.
/// </summary>
internal static class ConsoleJson
{
    /// <summary>The value in JSON.</summary>
    /// <param name="value">What is written.</param>
    /// <param name="type">How it is written.</param>
    /// <param name="encoding">What it goes out in: what that cannot carry is escaped.</param>
    public static string Of<T>(T value, JsonTypeInfo<T> type, Encoding encoding)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = type.Options.WriteIndented }))
            JsonSerializer.Serialize(writer, value, type);

        var json = Encoding.UTF8.GetString(bytes.WrittenSpan);
        // By its number: what a console writes in is wrapped in a class of its own.
        var carriesAll = encoding.CodePage == Encoding.UTF8.CodePage || encoding.CodePage == Encoding.Unicode.CodePage;
        // Outside its strings JSON has only what is plain, so an escape can stand wherever such a letter is found.
        return json.All(IsPlain) ? json : string.Concat(json.Select(letter => IsPlain(letter) ? letter.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:X4}")));

        bool IsPlain(char letter) => letter == '\r' || (ConsoleText.IsHarmless(letter) && (carriesAll || char.IsAscii(letter)));
    }
}
