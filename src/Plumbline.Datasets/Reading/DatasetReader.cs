using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Plumbline.Datasets.Reading;

/// <summary>
/// Reads fine-tuning data as a stream: OpenAI chat JSONL, and Alpaca JSON (an array, or one object a line). The format is told by each
/// file's first row and must then hold for all of them.
/// </summary>
public static class DatasetReader
{
    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The rows of a file, first to last.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="DatasetException">No such file, no rows, or a row that is malformed: the message names file, line and field.</exception>
    public static async IAsyncEnumerable<DatasetRow> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var stream = Open(path);
        using var reader = new StreamReader(stream, StrictUtf8, detectEncodingFromByteOrderMarks: false);
        await foreach (var row in ReadAsync(path, reader, cancellationToken).WithCancellation(cancellationToken)) yield return row;
    }

    /// <summary>The rows of a text, for which <paramref name="name"/> stands in messages.</summary>
    /// <inheritdoc cref="ReadAsync(string, CancellationToken)"/>
    public static async IAsyncEnumerable<DatasetRow> ReadAsync(
        string name, TextReader reader, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IRowParser? parser = null;
        await using var records = new JsonRecordReader(name, reader).ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await MoveNextAsync(name, records))
        {
            var record = records.Current;
            using var document = Parse(name, record);
            parser ??= ParserFor(name, record, document.RootElement);
            yield return new DatasetRow(record.Line, parser.Parse(new RowContext(name, record.Line), document.RootElement));
        }

        if (parser is null) throw new DatasetException($"{name}: there are no rows in it. Give a file with at least one training example.");
    }

    static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new DatasetException($"{path}: cannot be opened ({e.Message.TrimEnd('.')}). Give the path of a readable dataset file.", e);
        }
    }

    static async ValueTask<bool> MoveNextAsync(string name, IAsyncEnumerator<JsonRecord> records)
    {
        try
        {
            return await records.MoveNextAsync();
        }
        catch (IOException e)
        {
            throw new DatasetException($"{name}: reading failed ({e.Message.TrimEnd('.')}).", e);
        }
    }

    static JsonDocument Parse(string name, JsonRecord record)
    {
        try
        {
            return JsonDocument.Parse(record.Text);
        }
        catch (JsonException e)
        {
            throw DatasetException.At(name, record.Line + (e.LineNumber ?? 0), null, $"not valid JSON at character {(e.BytePositionInLine ?? 0) + 1} of the line or of its object. Check quotes, commas and escapes there.", e);
        }
    }

    static IRowParser ParserFor(string name, JsonRecord first, JsonElement row)
    {
        if (row.TryGetProperty("messages", out _)) return new OpenAiChatParser();
        if (row.TryGetProperty("instruction", out _) || row.TryGetProperty("output", out _)) return new AlpacaParser();
        throw DatasetException.At(name, first.Line, null,
            "the first row has neither 'messages' (OpenAI chat) nor 'instruction' and 'output' (Alpaca). Convert the file to one of the two formats.");
    }
}
