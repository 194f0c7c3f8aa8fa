using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Plumbline.Datasets.Conversations;

namespace Plumbline.Datasets.Writing;

/// <summary>Writes conversations in OpenAI's chat format, one a line.</summary>
public static class ChatJsonlWriter
{
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the rows to a temporary name beside <paramref name="path"/> and renames it when it is whole.</summary>
    public static async Task WriteAsync(string path, IEnumerable<Conversation> rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var partial = path + ".partial";
        try
        {
            await using (var stream = new FileStream(partial, FileMode.Create, FileAccess.Write))
            {
                foreach (var row in rows)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    await stream.WriteAsync(Encoding.UTF8.GetBytes(Line(row) + "\n"), cancellationToken);
                }

                stream.Flush(flushToDisk: true);
            }

            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
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
