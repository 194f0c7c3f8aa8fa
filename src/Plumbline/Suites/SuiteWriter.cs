using System.Text.Encodings.Web;
using System.Text.Json;
using Plumbline.Files;

namespace Plumbline.Suites;

/// <summary>Writes a suite as a JSONL file that <see cref="SuiteFile"/> reads: its provenance first, if it has one, then a prompt a line.</summary>
public static class SuiteWriter
{
    // What is read in an editor stays readable; control characters are escaped all the same.
    static readonly JavaScriptEncoder Readable = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>Writes <paramref name="path"/> whole or not at all.</summary>
    /// <exception cref="IOException">It cannot be written; an older file is untouched.</exception>
    public static void Write(string path, Suite suite) => WholeFile.Write(path, stream => Write(stream, suite));

    internal static void Write(Stream stream, Suite suite)
    {
        if (suite.Provenance is { } provenance)
        {
            Line(stream, json =>
            {
                json.WriteStartObject();
                json.WritePropertyName(JsonlSuite.ProvenanceField);
                JsonSerializer.Serialize(json, provenance, SuitesJsonContext.Default.SuiteProvenance);
                json.WriteEndObject();
            });
        }

        foreach (var prompt in suite.Prompts)
            Line(stream, json => WritePrompt(json, prompt));
    }

    static void WritePrompt(Utf8JsonWriter json, SuitePrompt prompt)
    {
        json.WriteStartObject();
        json.WriteString("prompt", prompt.Text);
        if (prompt.Category != SuitePrompt.Uncategorised)
            json.WriteString("category", prompt.Category);
        json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(prompt.Kind.ToString()));
        if (prompt.Answer is { } answer)
            json.WriteString("answer", answer);
        if (prompt.Group is { } group)
            json.WriteString("group", group);
        json.WriteEndObject();
    }

    static void Line(Stream stream, Action<Utf8JsonWriter> write)
    {
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = Readable }))
            write(json);
        stream.WriteByte((byte)'\n');
    }
}
