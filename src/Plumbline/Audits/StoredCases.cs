using System.Collections;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using Plumbline.Runs;

namespace Plumbline.Audits;

/// <summary>The cases of an <c>audit.json</c>, read from the file each time they are enumerated.</summary>
sealed class StoredCases(SafeFileHandle file, string path, long start, int count) : IReadOnlyList<CaseResult>
{
    const int BufferSize = 1 << 18;

    /// <inheritdoc/>
    public int Count => count;

    /// <inheritdoc/>
    /// <remarks>Reads all cases before it: whoever wants many enumerates.</remarks>
    public CaseResult this[int index] => index >= 0 && index < count
        ? this.Skip(index).First()
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"There are {count} cases.");

    /// <inheritdoc/>
    public IEnumerator<CaseResult> GetEnumerator()
    {
        var buffer = new byte[BufferSize];
        var (held, from, offset) = (0, 0, start);
        for (var number = 1; number <= count; number++)
        {
            int length;
            while ((length = WholeCase(buffer.AsSpan(from, held), number)) == 0)
            {
                buffer.AsSpan(from, held).CopyTo(buffer);
                from = 0;
                if (held == buffer.Length)
                    Array.Resize(ref buffer, buffer.Length * 2);
                var read = RandomAccess.Read(file, buffer.AsSpan(held), offset + held);
                if (read == 0)
                    throw Damaged(number, "The file ends within it.");
                held += read;
            }

            yield return Read(buffer.AsSpan(from, length), number);
            (from, held, offset) = (from + length, held - length, offset + length);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // The length of the separator and the object at the beginning, or 0 where more must be read to see its end.
    int WholeCase(ReadOnlySpan<byte> bytes, int number)
    {
        var before = bytes.IndexOf((byte)'{');
        if (before < 0)
            return 0;

        try
        {
            var reader = new Utf8JsonReader(bytes[before..], isFinalBlock: false, default);
            return reader.Read() && reader.TrySkip() ? before + (int)reader.BytesConsumed : 0;
        }
        catch (JsonException e)
        {
            throw Damaged(number, e.Message);
        }
    }

    CaseResult Read(ReadOnlySpan<byte> bytes, int number)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes[bytes.IndexOf((byte)'{')..], AuditJsonContext.Default.CaseResult) ?? throw Damaged(number, "It is null.");
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw Damaged(number, e.Message);
        }
    }

    RunException Damaged(int number, string why) => new($"{path}, case {number}: it cannot be read. {why}");
}
