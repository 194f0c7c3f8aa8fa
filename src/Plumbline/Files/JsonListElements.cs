using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Win32.SafeHandles;

namespace Plumbline.Files;

/// <summary>The elements of the list of a <see cref="JsonListFile"/>: each is read from the file when it is asked for. The file is let go when it is disposed, or when nobody holds it
/// any more.</summary>
/// <param name="path">The file, to be told.</param>
/// <param name="handle">The same, open.</param>
/// <param name="starts">Where each element begins, in bytes.</param>
/// <param name="lengths">How long each is, in bytes.</param>
/// <param name="element">How an element is read.</param>
sealed class JsonListElements<T>(string path, SafeFileHandle handle, long[] starts, int[] lengths, JsonTypeInfo<T> element) : IReadOnlyList<T>, IDisposable
{
    // As much as is read at once where one element follows the other.
    const int Stretch = 1 << 17;

    public int Count => starts.Length;

    public T this[int index]
    {
        get
        {
            var bytes = new byte[lengths[index]];
            Fill(bytes, starts[index]);
            return Element(bytes, index);
        }
    }

    public IEnumerator<T> GetEnumerator()
    {
        var buffer = new byte[Stretch];
        for (var first = 0; first < Count;)
        {
            var last = first;
            while (last + 1 < Count && End(last + 1) - starts[first] <= buffer.Length)
                last++;
            var length = (int)(End(last) - starts[first]);
            if (length > buffer.Length)
                buffer = new byte[length];
            Fill(buffer.AsSpan(0, length), starts[first]);
            for (var index = first; index <= last; index++)
                yield return Element(buffer.AsSpan((int)(starts[index] - starts[first]), lengths[index]), index);
            first = last + 1;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Lets the file go: no element can be had any more.</summary>
    public void Dispose() => handle.Dispose();

    long End(int index) => starts[index] + lengths[index];

    /// <summary>Reads bytes of the file: as many as are asked for, however many the system gives at once.</summary>
    /// <exception cref="IOException">The file has become shorter.</exception>
    internal void Fill(Span<byte> bytes, long at)
    {
        for (var done = 0; done < bytes.Length;)
        {
            var read = RandomAccess.Read(handle, bytes[done..], at + done);
            if (read == 0)
                throw new IOException($"{path} became shorter while it was read.");
            done += read;
        }
    }

    T Element(ReadOnlySpan<byte> bytes, int index)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, element)!;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new InvalidDataException($"{path}, element {index} of its list: it is none of those that this version writes ({(e is JsonException fault ? JsonFault.Describe(fault, path) : e.Message)}) Restore the file from a copy.", e);
        }
    }
}
