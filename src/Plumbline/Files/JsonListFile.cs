using System.Collections;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Win32.SafeHandles;

namespace Plumbline.Files;

/// <summary>
/// A JSON file that is one object with one long list in it: the list stays on the disk, and an element is read when it is asked for. The file must
/// not change while it is in use; it is let go when nobody holds the list any more.
/// </summary>
static class JsonListFile
{
    const int FirstBuffer = 1 << 18;

    /// <summary>Finds the list in a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="property">The property of the outermost object that is the list, of objects.</param>
    /// <param name="element">How an element is read.</param>
    /// <param name="atId">Is told each element's place and, where it has one, the bytes of its <c>id</c>; null for nobody.</param>
    /// <returns>The rest of the file, as an object in which the list is empty, and the list.</returns>
    /// <exception cref="JsonException">The file is no such object.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no file, or an element that is asked for is damaged.</exception>
    public static (byte[] Head, IReadOnlyList<T> List) Open<T>(string path, string property, JsonTypeInfo<T> element, Action<int, ReadOnlySpan<byte>>? atId = null)
    {
        FileKind.RequireFile(path);
        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        var scan = new Scan(property, atId);
        var buffer = new byte[FirstBuffer];
        long origin = 0;
        var held = 0;
        for (var isFinal = false; !isFinal;)
        {
            var read = RandomAccess.Read(handle, buffer.AsSpan(held), origin + held);
            held += read;
            isFinal = read == 0;
            var consumed = scan.Take(buffer.AsSpan(0, held), origin, isFinal);
            buffer.AsSpan(consumed, held - consumed).CopyTo(buffer);
            origin += consumed;
            held -= consumed;

            // One element is longer than the buffer.
            if (held == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
        }

        if (scan.ListEnd < 0)
            throw new JsonException($"there is no list '{property}'.");
        return (Head(handle, scan.ListStart, scan.ListEnd, origin), new Elements<T>(path, handle, [.. scan.Starts], [.. scan.Lengths], element));
    }

    /// <summary>
    /// Finds the list in a file that <see cref="Write"/> wrote, in a fraction of the time: its elements are found by their lines and not read. Null where it has another form. Only to be believed where
    /// the file is known to be as it was written.
    /// </summary>
    /// <inheritdoc cref="Open"/>
    public static (byte[] Head, IReadOnlyList<T> List)? OpenAsWritten<T>(string path, string property, JsonTypeInfo<T> element, Action<int, ReadOnlySpan<byte>>? atId = null)
    {
        FileKind.RequireFile(path);
        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        var lines = new JsonListLines(property, atId);
        var buffer = new byte[FirstBuffer];
        long origin = 0;
        var held = 0;
        while (RandomAccess.Read(handle, buffer.AsSpan(held), origin + held) is > 0 and var read)
        {
            held += read;
            if (lines.Take(buffer.AsSpan(0, held), origin) is not { } done)
                break;
            buffer.AsSpan(done, held - done).CopyTo(buffer);
            origin += done;
            held -= done;

            // One line is longer than the buffer.
            if (held == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
        }

        if (lines.ListEnd >= 0)
            return (Head(handle, lines.ListStart, lines.ListEnd, RandomAccess.GetLength(handle)), new Elements<T>(path, handle, [.. lines.Starts], [.. lines.Lengths], element));

        handle.Dispose();
        return null;
    }

    /// <summary>Writes such a file, one element a line.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="head">The object, with an empty list.</param>
    /// <param name="property">The list's property.</param>
    /// <param name="list">The elements; they are taken one at a time.</param>
    /// <param name="element">How an element is written.</param>
    public static void Write<T>(Stream stream, ReadOnlySpan<byte> head, string property, IEnumerable<T> list, JsonTypeInfo<T> element)
    {
        var empty = Encoding.UTF8.GetBytes($"\"{property}\": []");
        var at = head.LastIndexOf(empty) + empty.Length - 1;
        var buffered = new BufferedStream(stream, FirstBuffer);
        buffered.Write(head[..at]);
        var before = "\n"u8;
        foreach (var one in list)
        {
            buffered.Write(before);
            buffered.Write(JsonSerializer.SerializeToUtf8Bytes(one, element));
            before = ",\n"u8;
        }

        buffered.Write(head[at..]);
        buffered.Flush();
    }

    /// <summary>What is around the list.</summary>
    static byte[] Head(SafeFileHandle handle, long listStart, long listEnd, long length)
    {
        var head = new byte[listStart + length - listEnd];
        RandomAccess.Read(handle, head.AsSpan(0, (int)listStart), 0);
        RandomAccess.Read(handle, head.AsSpan((int)listStart), listEnd);
        return head;
    }

    /// <summary>Where the elements stand.</summary>
    sealed class Scan(string property, Action<int, ReadOnlySpan<byte>>? atId)
    {
        JsonReaderState state;
        bool isList;

        public long ListStart { get; private set; } = -1;

        public long ListEnd { get; private set; } = -1;

        public List<long> Starts { get; } = [];

        public List<int> Lengths { get; } = [];

        /// <summary>Reads as far as elements are whole; the result is how many bytes are done with.</summary>
        public int Take(ReadOnlySpan<byte> bytes, long origin, bool isFinal)
        {
            var reader = new Utf8JsonReader(bytes, isFinal, state);
            var whole = reader;
            while (reader.Read())
            {
                if (reader.CurrentDepth == 0 && reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.EndObject))
                    throw new JsonException("an object was expected.");
                if (ListStart >= 0 && ListEnd < 0)
                {
                    if (reader.TokenType == JsonTokenType.EndArray)
                        ListEnd = origin + reader.TokenStartIndex;
                    else if (!TakeElement(ref reader, origin))
                        break;
                }
                else if (isList && reader.TokenType == JsonTokenType.StartArray)
                {
                    ListStart = origin + reader.BytesConsumed;
                }

                isList = reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(property);
                whole = reader;
            }

            state = whole.CurrentState;
            return (int)whole.BytesConsumed;
        }

        bool TakeElement(ref Utf8JsonReader reader, long origin)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
                throw new JsonException($"element {Starts.Count} of '{property}' is no object.");

            var start = reader.TokenStartIndex;
            var depth = reader.CurrentDepth;
            var isId = false;
            while (reader.Read())
            {
                if (reader.CurrentDepth == depth && reader.TokenType == JsonTokenType.EndObject)
                {
                    Starts.Add(origin + start);
                    Lengths.Add((int)(reader.BytesConsumed - start));
                    return true;
                }

                if (isId && reader.TokenType == JsonTokenType.String)
                    atId!(Starts.Count, reader.ValueSpan);
                isId = atId is not null && reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == depth + 1 && reader.ValueTextEquals("id"u8);
            }

            return false;
        }
    }

    sealed class Elements<T>(string path, SafeFileHandle handle, long[] starts, int[] lengths, JsonTypeInfo<T> element) : IReadOnlyList<T>
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

        long End(int index) => starts[index] + lengths[index];

        void Fill(Span<byte> bytes, long at)
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
                throw new InvalidDataException($"{path}, element {index} of its list: it is none of those that this version writes ({e.Message}) Restore the file from a copy.", e);
            }
        }
    }
}
