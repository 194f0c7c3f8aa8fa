using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace Plumbline.Runs;

/// <summary>
/// One line of the journal: <c>{"sum":"16 hex digits","record":{…}}</c>. The sum is the start of the SHA-256 of the record's bytes
/// as they stand in the line, so a line that was cut, or mixed up by the disk, is never taken for a record.
/// </summary>
static class JournalLine
{
    const int SumDigits = 16;

    static readonly int RecordStart = BeforeSum.Length + SumDigits + AfterSum.Length;

    static ReadOnlySpan<byte> BeforeSum => "{\"sum\":\""u8;

    static ReadOnlySpan<byte> AfterSum => "\",\"record\":"u8;

    /// <summary>The line's bytes, with its line feed.</summary>
    public static byte[] Write(JournalRecord record)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(record, JournalJsonContext.Default.JournalRecord);
        var line = new byte[RecordStart + json.Length + 2];
        BeforeSum.CopyTo(line);
        WriteSum(json, line.AsSpan(BeforeSum.Length, SumDigits));
        AfterSum.CopyTo(line.AsSpan(BeforeSum.Length + SumDigits));
        json.CopyTo(line.AsSpan(RecordStart));
        line[^2] = (byte)'}';
        line[^1] = (byte)'\n';
        return line;
    }

    /// <summary>The record in a line without its line feed, or null where the line is not whole.</summary>
    /// <exception cref="JsonException">The line is whole, but its record is none that this version knows.</exception>
    public static JournalRecord? Read(ReadOnlySpan<byte> line) =>
        IsWhole(line) ? JsonSerializer.Deserialize(RecordOf(line), JournalJsonContext.Default.JournalRecord) : null;

    /// <summary>Whether a line without its line feed is whole: its sum fits.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> line)
    {
        if (line.Length <= RecordStart || line[^1] != (byte)'}' || !line.StartsWith(BeforeSum) || !line[(BeforeSum.Length + SumDigits)..].StartsWith(AfterSum))
            return false;

        Span<byte> sum = stackalloc byte[SumDigits];
        WriteSum(RecordOf(line), sum);
        return line.Slice(BeforeSum.Length, SumDigits).SequenceEqual(sum);
    }

    /// <summary>The bytes of the record in a whole line.</summary>
    public static ReadOnlySpan<byte> RecordOf(ReadOnlySpan<byte> line) => line[RecordStart..^1];

    static void WriteSum(ReadOnlySpan<byte> json, Span<byte> digits)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(json, hash);
        if (!Convert.TryToHexStringLower(hash[..(SumDigits / 2)], digits, out _))
            throw new InvalidOperationException("A sum has 16 digits.");
    }
}
