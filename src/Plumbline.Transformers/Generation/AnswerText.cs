using System.Text;

namespace Plumbline.Transformers.Generation;

/// <summary>
/// Turns the bytes of an answer's tokens into text that may be shown: whole characters only, and nothing that could still turn out to be
/// the beginning of a stop sequence. Text from the first stop sequence on is dropped.
/// </summary>
internal sealed class AnswerText(IReadOnlyList<string> stops)
{
    private readonly Decoder utf8 = Encoding.UTF8.GetDecoder();
    private readonly StringBuilder held = new();

    /// <summary>A stop sequence has appeared; nothing follows.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Takes the next token's bytes and returns the text that has become certain, perhaps none.</summary>
    public string Append(ReadOnlySpan<byte> bytes)
    {
        if (IsStopped)
            return "";
        Decode(bytes, flush: false);
        return Release(atEnd: false);
    }

    /// <summary>The text still held back, once no token will follow.</summary>
    public string Finish()
    {
        if (IsStopped)
            return "";
        Decode([], flush: true);
        return Release(atEnd: true);
    }

    private void Decode(ReadOnlySpan<byte> bytes, bool flush)
    {
        // One byte gives at most one UTF-16 unit, and what an earlier call left incomplete at most two more.
        Span<char> buffer = bytes.Length <= 254 ? stackalloc char[256] : new char[bytes.Length + 2];
        var count = utf8.GetChars(bytes, buffer, flush);
        held.Append(buffer[..count]);
    }

    private string Release(bool atEnd)
    {
        if (held.Length == 0)
            return "";
        var text = held.ToString();
        held.Clear();
        var end = FirstStop(text);
        if (end >= 0)
        {
            IsStopped = true;
            return text[..end];
        }

        var certain = atEnd ? text.Length : text.Length - LongestBeginningOfStop(text);
        held.Append(text, certain, text.Length - certain);
        return text[..certain];
    }

    private int FirstStop(string text)
    {
        var first = -1;
        foreach (var stop in stops)
        {
            var index = text.IndexOf(stop, StringComparison.Ordinal);
            if (index >= 0 && (first < 0 || index < first))
                first = index;
        }

        return first;
    }

    /// <summary>Length of the longest end of the text that a stop sequence begins with.</summary>
    private int LongestBeginningOfStop(string text)
    {
        var longest = 0;
        foreach (var stop in stops)
        {
            for (var length = Math.Min(stop.Length - 1, text.Length); length > longest; length--)
            {
                if (text.AsSpan(text.Length - length).SequenceEqual(stop.AsSpan(0, length)))
                    longest = length;
            }
        }

        return longest;
    }
}
