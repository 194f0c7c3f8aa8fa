using System.Text.Json;
using Plumbline.Files;

namespace Plumbline.Archive;

/// <summary>The first properties of a JSON object in a file, without reading the rest: a run's cases come last, and are most of it.</summary>
static class JsonHead
{
    const int FirstBytes = 1 << 16;

    /// <summary>Reads the wanted properties.</summary>
    /// <exception cref="JsonException">The file is no JSON object.</exception>
    /// <exception cref="KeyNotFoundException">A wanted property is missing.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no file.</exception>
    public static IReadOnlyDictionary<string, JsonElement> Read(string path, IReadOnlyCollection<string> wanted)
    {
        using var file = FileSum.Open(path);
        return Read(file, path, wanted);
    }

    /// <summary>The same of a file that is open.</summary>
    /// <inheritdoc cref="Read(string, IReadOnlyCollection{string})"/>
    public static IReadOnlyDictionary<string, JsonElement> Read(FileStream file, string path, IReadOnlyCollection<string> wanted)
    {
        for (var length = (long)FirstBytes; ; length *= 4)
        {
            var bytes = new byte[Math.Min(length, file.Length)];
            file.Position = 0;
            file.ReadExactly(bytes);
            var isWhole = bytes.Length == file.Length;
            var found = Find(bytes, isWhole, wanted);
            if (found.Count == wanted.Count)
                return found;
            if (isWhole)
                throw new KeyNotFoundException($"{path} lacks {string.Join(", ", wanted.Except(found.Keys, StringComparer.Ordinal))}.");
        }
    }

    static Dictionary<string, JsonElement> Find(byte[] bytes, bool isWhole, IReadOnlyCollection<string> wanted)
    {
        var start = bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        var reader = new Utf8JsonReader(bytes.AsSpan(start), isWhole, default);
        var found = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("it does not begin with an object");

        while (found.Count < wanted.Count && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            if (!wanted.Contains(name))
            {
                if (!reader.TrySkip())
                    break;
                continue;
            }

            // Tried first: a value that the bytes cut off must not throw, more bytes are read then.
            var ahead = reader;
            if (!ahead.Read() || !ahead.TrySkip())
                break;
            found[name] = JsonElement.ParseValue(ref reader);
        }

        return found;
    }
}
