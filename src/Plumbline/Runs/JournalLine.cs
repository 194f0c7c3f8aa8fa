using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Plumbline.Runs;

/// <summary>
/// One line of the journal: <c>{"sum":"16 hex digits","record":{…}}</c>. The sum is the start of the SHA-256 of the record's bytes
/// as they stand in the line, so a line that was cut, or mixed up by the disk, is never taken for a record.
/// </summary>
static class JournalLine
{
    const int SumDigits = 16;
    const string BeforeSum = "{\"sum\":\"";
    const string AfterSum = "\",\"record\":";

    static readonly int RecordStart = BeforeSum.Length + SumDigits + AfterSum.Length;

    /// <summary>The line's bytes, with its line feed.</summary>
    public static byte[] Write(JournalRecord record)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(record, JournalJsonContext.Default.JournalRecord);
        return [.. Encoding.ASCII.GetBytes(BeforeSum + Sum(json) + AfterSum), .. json, (byte)'}', (byte)'\n'];
    }

    /// <summary>The record in a line without its line feed, or null where the line is not whole.</summary>
    public static JournalRecord? Read(ReadOnlySpan<byte> line)
    {
        if (line.Length <= RecordStart || line[^1] != (byte)'}')
            return null;

        var json = line[RecordStart..^1];
        var head = Encoding.ASCII.GetBytes(BeforeSum + Sum(json) + AfterSum);
        return line[..RecordStart].SequenceEqual(head)
            ? JsonSerializer.Deserialize(json, JournalJsonContext.Default.JournalRecord)
            : null;
    }

    static string Sum(ReadOnlySpan<byte> json) => Convert.ToHexStringLower(SHA256.HashData(json))[..SumDigits];
}
