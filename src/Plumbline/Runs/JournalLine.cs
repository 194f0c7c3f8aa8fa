using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;

namespace Plumbline.Runs;

/// <summary>
/// One line of the journal: <c>{"crc":"8 hex digits","record":{…}}</c>. It is the CRC-32C (Castagnoli; RFC 3720, B.4) of the record's bytes as they stand in
/// the line, so a line that was cut, or mixed up by the disk, is never taken for a record; whoever changes one on purpose can change its sum as well, and an
/// evidence bundle is what tells of that. Lines of earlier versions have 16 digits of a SHA-256, which took a quarter of the time that opening a long run
/// takes: <c>{"sum":"16 hex digits","record":{…}}</c>.
/// </summary>
static class JournalLine
{
    const int CrcDigits = 8;
    const int HashDigits = 16;

    static readonly int RecordStart = Start.Length + CrcDigits + Middle.Length;
    static readonly int EarlierRecordStart = EarlierStart.Length + HashDigits + Middle.Length;

    /// <summary>How a line begins.</summary>
    public static ReadOnlySpan<byte> Start => "{\"crc\":\""u8;

    /// <summary>How a line of an earlier version begins.</summary>
    public static ReadOnlySpan<byte> EarlierStart => "{\"sum\":\""u8;

    static ReadOnlySpan<byte> Middle => "\",\"record\":"u8;

    /// <summary>The line's bytes, with its line feed.</summary>
    public static byte[] Write(JournalRecord record)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(record, JournalJsonContext.Default.JournalRecord);
        var line = new byte[RecordStart + json.Length + 2];
        Start.CopyTo(line);
        WriteCrc(json, line.AsSpan(Start.Length, CrcDigits));
        Middle.CopyTo(line.AsSpan(Start.Length + CrcDigits));
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
        if (!line.EndsWith("}"u8))
            return false;

        var isEarlier = line.StartsWith(EarlierStart);
        var (start, digits) = isEarlier ? (EarlierStart.Length, HashDigits) : (Start.Length, CrcDigits);
        if (line.Length <= start + digits + Middle.Length || !line[(start + digits)..].StartsWith(Middle) || !(isEarlier || line.StartsWith(Start)))
            return false;

        Span<byte> sum = stackalloc byte[digits];
        if (isEarlier)
            WriteHash(RecordOf(line), sum);
        else
            WriteCrc(RecordOf(line), sum);
        return line.Slice(start, digits).SequenceEqual(sum);
    }

    /// <summary>The bytes of the record in a whole line.</summary>
    public static ReadOnlySpan<byte> RecordOf(ReadOnlySpan<byte> line) => line[(line.StartsWith(EarlierStart) ? EarlierRecordStart : RecordStart)..^1];

    static void WriteCrc(ReadOnlySpan<byte> json, Span<byte> digits)
    {
        var crc = uint.MaxValue;
        var rest = json;
        for (; rest.Length >= sizeof(ulong); rest = rest[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(rest));
        foreach (var one in rest)
            crc = BitOperations.Crc32C(crc, one);
        if (!(~crc).TryFormat(digits, out _, "x8", CultureInfo.InvariantCulture))
            throw new InvalidOperationException("A CRC has 8 digits.");
    }

    static void WriteHash(ReadOnlySpan<byte> json, Span<byte> digits)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(json, hash);
        if (!Convert.TryToHexStringLower(hash[..(HashDigits / 2)], digits, out _))
            throw new InvalidOperationException("A sum has 16 digits.");
    }
}
