using System.Runtime.CompilerServices;
using System.Text;

namespace Plumbline.Datasets.Reading;

/// <summary>
/// Cuts a file into its top-level JSON objects without holding it in memory: either one object a line, or the items of one array.
/// It only counts braces outside strings; whether the text between them is JSON is for the parser to say.
/// </summary>
sealed class JsonRecordReader(string file, TextReader reader)
{
    /// <summary>Longest object, in characters: a file whose first brace never closes must not be read into memory whole.</summary>
    internal const int LongestRecord = 16 * 1024 * 1024;

    readonly StringBuilder text = new();
    long line = 1;
    long start;
    int depth;
    bool inString;
    bool escaped;
    bool inArray;
    bool arrayClosed;
    bool afterItem;
    bool any;

    /// <summary>The objects, first to last.</summary>
    public async IAsyncEnumerable<JsonRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = new char[16 * 1024];
        int count;
        while ((count = await FillAsync(buffer, cancellationToken)) > 0)
        {
            for (var i = 0; i < count; i++)
            {
                if (Take(buffer[i])) yield return Cut();
                if (buffer[i] == '\n') line++;
            }
        }

        if (depth > 0)
            throw DatasetException.At(file, start, null, "the object that begins here has no end: the file is cut off. Fetch or write it again.");
        if (inArray && !arrayClosed)
            throw DatasetException.At(file, line, null, "the array has no closing ']': the file is cut off. Fetch or write it again.");
    }

    async ValueTask<int> FillAsync(char[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadAsync(buffer.AsMemory(), cancellationToken);
        }
        catch (DecoderFallbackException e)
        {
            // The text comes in pieces, and the decoder only knows where in a piece it stopped.
            throw DatasetException.At(file, line, null, "here or in the lines that follow, a byte is not valid UTF-8. Save the file as UTF-8.", e);
        }
    }

    JsonRecord Cut()
    {
        var record = new JsonRecord(start, text.ToString());
        text.Clear();
        return record;
    }

    // True when the character closes an object of the top level.
    bool Take(char c)
    {
        if (depth > 0) return TakeInside(c);
        if (char.IsWhiteSpace(c) || c == '\uFEFF') return false;
        if (arrayClosed) throw Unexpected(c, "nothing after the closing ']'");

        switch (c)
        {
            case '{' when !(inArray && afterItem):
                depth = 1;
                start = line;
                any = true;
                text.Append(c);
                return false;
            case '[' when !any && !inArray:
                inArray = true;
                return false;
            case ',' when inArray && afterItem:
                afterItem = false;
                return false;
            case ']' when inArray && (afterItem || !any):
                arrayClosed = true;
                return false;
            default:
                throw Unexpected(c, afterItem && inArray ? "',' or ']'" : "'{'");
        }
    }

    bool TakeInside(char c)
    {
        text.Append(c);
        if (text.Length > LongestRecord)
            throw DatasetException.At(file, start, null, $"the object that begins here is longer than {LongestRecord:N0} characters. Is a quote or a brace missing?");
        if (inString)
        {
            if (escaped) escaped = false;
            else if (c == '\\') escaped = true;
            else if (c == '"') inString = false;
            return false;
        }

        switch (c)
        {
            case '"': inString = true; break;
            case '{' or '[': depth++; break;
            case '}' or ']': depth--; break;
        }

        if (depth > 0) return false;
        afterItem = true;
        return true;
    }

    DatasetException Unexpected(char c, string expected) =>
        DatasetException.At(file, line, null, $"found {(char.IsControl(c) ? $"the control character U+{(int)c:X4}" : $"'{c}'")} where {expected} was expected. Each row must be a JSON object, one a line or the items of one array.");
}
