using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Plumbline.Datasets.Conversations;
using Plumbline.Files;

namespace Plumbline.Datasets.Writing;

/// <summary>Writes conversations in OpenAI's chat format, one a line.</summary>
public static class ChatJsonlWriter
{
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the rows; the file is either the old one or the whole new one.</summary>
    public static async Task WriteAsync(string path, IEnumerable<Conversation> rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        await WholeFile.WriteAsync(path, async stream =>
        {
            foreach (var row in rows)
                await stream.WriteAsync(Encoding.UTF8.GetBytes(Line(row) + "\n"), cancellationToken);
        });
    }

    /// <summary>One row, without its line end.</summary>
    public static string Line(Conversation row)
    {
        ArgumentNullException.ThrowIfNull(row);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("messages");
            foreach (var turn in row.Turns)
            {
                writer.WriteStartObject();
                writer.WriteString("role", turn.RoleName);
                writer.WriteString("content", turn.Content);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
