using System.Text;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace Plumbline.Audits;

/// <summary>Where in an <c>audit.json</c> the cases stand.</summary>
/// <param name="Start">The offset just behind the bracket that opens the list.</param>
/// <param name="End">The offset of the bracket that closes it.</param>
/// <param name="TailLength">How many bytes follow from there to the file's end.</param>
/// <param name="Count">How many cases there are.</param>
readonly record struct CasesPlace(long Start, long End, int TailLength, int Count)
{
    /// <summary>What stands around the cases is small: figures of groups, facts, sentences. More than this is no audit.</summary>
    const long LargestRest = 256L << 20;

    /// <summary>Reads the file once, token by token.</summary>
    /// <exception cref="JsonException">It is no JSON, or has no list of cases.</exception>
    public static CasesPlace Find(SafeFileHandle file, int bufferSize)
    {
        var length = RandomAccess.GetLength(file);
        var buffer = new byte[bufferSize];
        var (held, offset) = (0, 0L);
        var state = default(JsonReaderState);
        var (depth, isCases) = (0, false);
        var (start, end, count) = (-1L, -1L, 0);
        while (true)
        {
            var read = RandomAccess.Read(file, buffer.AsSpan(held), offset + held);
            held += read;
            var isLast = offset + held >= length;
            var mark = offset == 0 && buffer.AsSpan(0, held).StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
            var reader = new Utf8JsonReader(buffer.AsSpan(mark, held - mark), isLast, state);
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName when reader.CurrentDepth == 1:
                        isCases = reader.ValueTextEquals("cases"u8);
                        break;
                    case JsonTokenType.StartArray when reader.CurrentDepth == 1 && isCases:
                        (start, depth) = (offset + mark + reader.BytesConsumed, 1);
                        break;
                    case JsonTokenType.StartObject when depth == 1 && reader.CurrentDepth == 2:
                        count++;
                        break;
                    case JsonTokenType.EndArray when depth == 1 && reader.CurrentDepth == 1:
                        (end, depth) = (offset + mark + reader.TokenStartIndex, 0);
                        break;
                }
            }

            state = reader.CurrentState;
            var consumed = mark + (int)reader.BytesConsumed;
            buffer.AsSpan(consumed, held - consumed).CopyTo(buffer);
            (held, offset) = (held - consumed, offset + consumed);
            if (isLast)
                break;
            if (held == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
        }

        if (start < 0 || end < 0)
            throw new JsonException("It has no list of cases.");
        if (start + (length - end) > LargestRest)
            throw new JsonException("What stands beside its cases is larger than any audit's.");
        return new CasesPlace(start, end, (int)(length - end), count);
    }
}
