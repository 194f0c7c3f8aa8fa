using System.Text;

namespace Plumbline.Files;

/// <summary>
/// Where the elements of a <see cref="JsonListFile"/> stand, by its lines alone: one element each, in the form in which it is written. It reads no JSON, and so knows nothing of what is
/// between two lines' ends: for a file whose content is known to be what was written.
/// </summary>
/// <param name="property">The list's property.</param>
/// <param name="atId">Is told each element's place and the bytes of its <c>id</c>, which stands first in it; null for nobody.</param>
sealed class JsonListLines(string property, Action<int, ReadOnlySpan<byte>>? atId) : IJsonListFinder
{
    readonly byte[] opening = Encoding.UTF8.GetBytes($"\"{property}\": [");

    /// <summary>Where each element begins, in bytes of the file.</summary>
    public List<long> Starts { get; } = [];

    /// <summary>How long each is, in bytes.</summary>
    public List<int> Lengths { get; } = [];

    /// <summary>Behind the bracket that opens the list; -1 before it was found.</summary>
    public long ListStart { get; private set; } = -1;

    /// <summary>Before the bracket that closes it; -1 before it was found.</summary>
    public long ListEnd { get; private set; } = -1;

    static ReadOnlySpan<byte> BeforeId => "{\"id\":\""u8;

    /// <summary>Takes the whole lines of a stretch of the file in.</summary>
    /// <inheritdoc/>
    public int? Take(ReadOnlySpan<byte> bytes, long origin, bool isFinal)
    {
        var at = 0;
        while (ListEnd < 0 && bytes[at..].IndexOf((byte)'\n') is >= 0 and var length)
        {
            var line = bytes.Slice(at, length);
            if (ListStart < 0)
            {
                if (line.EndsWith(opening))
                    ListStart = origin + at + length;
            }
            else if (!TakeElement(line, origin + at))
            {
                return null;
            }

            at += length + 1;
        }

        return ListEnd < 0 ? at : bytes.Length;
    }

    // {…}, or, of the last one, {…}] and what of the object around it follows on the line.
    bool TakeElement(ReadOnlySpan<byte> line, long start)
    {
        var isLast = line.EndsWith("}],"u8) || line.EndsWith("}]"u8);
        var length = isLast ? line.LastIndexOf((byte)']') : line.Length - 1;
        if (!line.StartsWith(BeforeId) || !(isLast || line.EndsWith("},"u8)) || line[BeforeId.Length..].IndexOf((byte)'"') is not (>= 0 and var id))
            return false;

        atId?.Invoke(Starts.Count, line.Slice(BeforeId.Length, id));
        Starts.Add(start);
        Lengths.Add(length);
        if (isLast)
            ListEnd = start + length;
        return true;
    }
}
