using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Plumbline.Runs;

/// <summary>
/// What a journal holds, as one hash: the SHA-256 over the beginning of every line, which has its checksum, and its length, in order. The lines' own
/// checksums are what was checked when the journal was read, so nothing is read or summed a second time. Safe to use from several threads.
/// </summary>
sealed class JournalSum
{
    // {"crc":"8 digits" and some of what follows, or all of {"sum":"16 digits of an earlier version. A line is longer.
    const int Beginning = 24;
    const int Entry = Beginning + sizeof(int);
    const int Entries = 512;

    readonly Lock gate = new();
    readonly byte[] entries = new byte[Entries * Entry];
    byte[] before = [];
    int held;

    /// <summary>The hash of all lines so far, in hex digits.</summary>
    public string Current
    {
        get
        {
            lock (gate)
                return Convert.ToHexStringLower(Hashed());
        }
    }

    /// <summary>Takes a line in.</summary>
    public void Add(ReadOnlySpan<byte> line)
    {
        lock (gate)
        {
            var entry = entries.AsSpan(held, Entry);
            line[..Beginning].CopyTo(entry);
            BinaryPrimitives.WriteInt32LittleEndian(entry[Beginning..], line.Length);
            held += Entry;
            if (held < entries.Length)
                return;
            before = Hashed();
            held = 0;
        }
    }

    // A chain: each hash is over the one before and the entries since.
    byte[] Hashed() => SHA256.HashData([.. before, .. entries.AsSpan(0, held)]);
}
