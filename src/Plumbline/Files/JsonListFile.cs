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
    public static (byte[] Head, JsonListElements<T> List) Open<T>(string path, string property, JsonTypeInfo<T> element, Action<int, ReadOnlySpan<byte>>? atId = null) =>
        Find(path, new JsonListTokens(property, atId), element) ?? throw NoList(property);

    /// <summary>The same in a file that is open, which the list holds from then on; where there is none, it is left to whoever opened it.</summary>
    /// <inheritdoc cref="Open{T}(string, string, JsonTypeInfo{T}, Action{int, ReadOnlySpan{byte}}?)"/>
    public static (byte[] Head, JsonListElements<T> List) Open<T>(string path, SafeFileHandle handle, string property, JsonTypeInfo<T> element) =>
        Find(path, handle, new JsonListTokens(property, atId: null), element) ?? throw NoList(property);

    /// <summary>Opens a file so that another process may put a new one in its place meanwhile: what was opened stays what it is.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no file.</exception>
    public static SafeFileHandle OpenHandle(string path)
    {
        FileKind.RequireFile(path);
        return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
    }

    /// <summary>
    /// Finds the list in a file that <see cref="Write"/> wrote, in a fraction of the time: its elements are found by their lines and not read. Null where it has another form. Only to be believed where
    /// the file is known to be as it was written.
    /// </summary>
    /// <inheritdoc cref="Open{T}(string, string, JsonTypeInfo{T}, Action{int, ReadOnlySpan{byte}}?)"/>
    public static (byte[] Head, JsonListElements<T> List)? OpenAsWritten<T>(string path, string property, JsonTypeInfo<T> element, Action<int, ReadOnlySpan<byte>>? atId = null) =>
        Find(path, new JsonListLines(property, atId), element);

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

    /// <summary>Goes through a file as a finder reads it; null where there is no list for it. The file stays open for the list alone.</summary>
    static (byte[] Head, JsonListElements<T> List)? Find<T>(string path, IJsonListFinder finder, JsonTypeInfo<T> element)
    {
        var handle = OpenHandle(path);
        (byte[], JsonListElements<T>)? found = null;
        try
        {
            found = Find(path, handle, finder, element);
            return found;
        }
        finally
        {
            if (found is null)
                handle.Dispose();
        }
    }

    static (byte[] Head, JsonListElements<T> List)? Find<T>(string path, SafeFileHandle handle, IJsonListFinder finder, JsonTypeInfo<T> element)
    {
        ReadThrough(handle, finder);
        if (finder.ListEnd < 0)
            return null;

        var list = new JsonListElements<T>(path, handle, [.. finder.Starts], [.. finder.Lengths], element);
        return (Head(list, finder.ListStart, finder.ListEnd, RandomAccess.GetLength(handle)), list);
    }

    static JsonException NoList(string property) => new($"there is no list '{property}'.");

    static void ReadThrough(SafeFileHandle handle, IJsonListFinder finder)
    {
        var buffer = new byte[FirstBuffer];
        long origin = 0;
        var held = 0;
        for (var isFinal = false; !isFinal;)
        {
            var read = RandomAccess.Read(handle, buffer.AsSpan(held), origin + held);
            held += read;
            isFinal = read == 0;
            if (finder.Take(buffer.AsSpan(0, held), origin, isFinal) is not { } done)
                return;
            buffer.AsSpan(done, held - done).CopyTo(buffer);
            origin += done;
            held -= done;

            // One element is longer than the buffer.
            if (held == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
        }
    }

    /// <summary>What is around the list.</summary>
    static byte[] Head<T>(JsonListElements<T> list, long listStart, long listEnd, long length)
    {
        var head = new byte[listStart + length - listEnd];
        list.Fill(head.AsSpan(0, (int)listStart), 0);
        list.Fill(head.AsSpan((int)listStart), listEnd);
        return head;
    }
}
