using System.Buffers.Text;
using Plumbline.Pairs;

namespace Plumbline.Runs;

/// <summary>
/// Reads the two records that a long journal is made of, an answer that came at once and a judgement, in the very form in which this version writes them:
/// in a third of the time of a reader of any JSON. Whatever has another form, other properties or another order is left to that reader.
/// </summary>
ref struct PlainRecord
{
    static ReadOnlySpan<byte> Null => "null"u8;

    ReadOnlySpan<byte> rest;
    RecordOutline outline;

    /// <summary>Reads a record.</summary>
    /// <param name="json">Its bytes.</param>
    /// <param name="outline">What <see cref="RecordOutline.Read"/> would find, where the result is true.</param>
    /// <returns>Whether it has the form.</returns>
    public static bool TryRead(ReadOnlySpan<byte> json, out RecordOutline outline)
    {
        var record = new PlainRecord { rest = json, outline = new RecordOutline { IsEmpty = true, FinishReason = "stop" } };
        // No text holds such a byte as it is, so none needs to be looked for in any of them.
        var isPlain = !json.ContainsAnyInRange((byte)0, (byte)0x1F)
            && record.Skip("{\"type\":\""u8)
            && (record.Skip("answer\",\"case\":"u8) ? record.Answer() : record.Skip("judgement\",\"case\":"u8) && record.Judgement());
        outline = record.outline;
        return isPlain;
    }

    bool Answer()
    {
        outline.Type = "answer"u8;
        return CaseAndSide()
            && Skip(",\"response\":"u8) && Response()
            && Skip(",\"finishReason\":\"stop\",\"outputTokens\":"u8) && Number(out outline.OutputTokens)
            && Skip(",\"seconds\":"u8) && Seconds()
            && Skip(",\"failure\":null,\"inputTokens\":"u8) && Number(out outline.InputTokens)
            && At();
    }

    bool Judgement()
    {
        outline.Type = "judgement"u8;
        outline.FinishReason = "";
        return CaseAndSide()
            && Skip(",\"judge\":"u8) && Text(out outline.Judge, out _)
            && Skip(",\"judgeVersion\":"u8) && Text(out outline.JudgeVersion, out _)
            && Skip(",\"judgement\":{\"score\":"u8) && Score()
            && Skip(",\"unscored\":"u8) && Unscored()
            && Skip(",\"reason\":"u8) && Text(out _, out _)
            && Skip("}"u8) && At();
    }

    bool CaseAndSide()
    {
        if (!Text(out outline.Case, out var isEscaped) || isEscaped || !Skip(",\"side\":\""u8))
            return false;

        outline.Side = Skip("baseline\""u8) ? Side.Baseline : Side.Candidate;
        return outline.Side == Side.Baseline || Skip("candidate\""u8);
    }

    // Only the first letter is looked at: a text that begins with anything but one is left to the other reader.
    bool Response()
    {
        outline.IsEmpty = false;
        return Text(out outline.Response, out outline.IsResponseEscaped) && outline.Response is [> (byte)' ' and < 0x7F and not (byte)'\\', ..];
    }

    bool Score()
    {
        var before = rest;
        if (!Skip(Null) && !(Skip("{\"understanding\":"u8) && Number(out _) && Skip(",\"compliance\":"u8) && Number(out _) && Skip(",\"harmfulness\":"u8) && Number(out _) && Skip("}"u8)))
            return false;

        outline.Score = before[..^rest.Length];
        return true;
    }

    bool Unscored()
    {
        var before = rest;
        if (!Skip(Null) && !Text(out _, out _))
            return false;

        outline.Unscored = before[..^rest.Length];
        return true;
    }

    // A time whose last digits are zeros is written without them, and is left to the other reader.
    bool At() =>
        Skip(",\"at\":"u8) && Text(out var text, out _) && Utf8Parser.TryParse(text, out outline.At, out var length, 'O') && length == text.Length && rest.SequenceEqual("}"u8);

    bool Number(out long? number)
    {
        number = null;
        if (Skip(Null))
            return true;
        if (!Utf8Parser.TryParse(rest, out long value, out var length) || !IsPlain(rest[..length]))
            return false;

        number = value;
        rest = rest[length..];
        return true;
    }

    bool Seconds()
    {
        var whole = Digits(rest);
        if (!IsPlain(rest[..whole]))
            return false;

        rest = rest[whole..];
        if (!Skip("."u8))
            return true;

        var broken = Digits(rest);
        rest = rest[broken..];
        return broken > 0;
    }

    // Digits that do not begin with a zero, as JSON has it.
    static bool IsPlain(ReadOnlySpan<byte> digits) => digits is [(byte)'0'] or [>= (byte)'1' and <= (byte)'9', ..];

    static int Digits(ReadOnlySpan<byte> text) => text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') is >= 0 and var length ? length : text.Length;

    bool Text(out ReadOnlySpan<byte> text, out bool isEscaped)
    {
        text = [];
        isEscaped = false;
        if (!Skip("\""u8))
            return false;

        for (var at = 0; rest[at..].IndexOfAny((byte)'"', (byte)'\\') is >= 0 and var next;)
        {
            at += next;
            if (rest[at] == (byte)'"')
            {
                text = rest[..at];
                rest = rest[(at + 1)..];
                return true;
            }

            isEscaped = true;
            var escape = Escape(rest[at..]);
            if (escape == 0)
                return false;
            at += escape;
        }

        return false;
    }

    // How long the escape is that the text begins with; 0 for none that JSON knows.
    static int Escape(ReadOnlySpan<byte> text) => text switch
    {
        [_, (byte)'u', var a, var b, var c, var d, ..] when IsHex(a) && IsHex(b) && IsHex(c) && IsHex(d) => 6,
        [_, (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t', ..] => 2,
        _ => 0,
    };

    static bool IsHex(byte digit) => char.IsAsciiHexDigit((char)digit);

    bool Skip(scoped ReadOnlySpan<byte> expected)
    {
        if (!rest.StartsWith(expected))
            return false;

        rest = rest[expected.Length..];
        return true;
    }
}
