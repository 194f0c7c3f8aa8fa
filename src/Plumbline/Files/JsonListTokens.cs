using System.Text.Json;

namespace Plumbline.Files;

/// <summary>Where the elements of a <see cref="JsonListFile"/> stand, by reading its JSON: for a file in any form, whoever wrote it.</summary>
/// <param name="property">The list's property.</param>
/// <param name="atId">Is told each element's place and, where it has one, the bytes of its <c>id</c>; null for nobody.</param>
sealed class JsonListTokens(string property, Action<int, ReadOnlySpan<byte>>? atId) : IJsonListFinder
{
    JsonReaderState state;
    bool isList;

    public long ListStart { get; private set; } = -1;

    public long ListEnd { get; private set; } = -1;

    public List<long> Starts { get; } = [];

    public List<int> Lengths { get; } = [];

    /// <summary>Reads as far as elements are whole.</summary>
    /// <exception cref="JsonException">The file is no object, or its list holds something else than objects.</exception>
    public int? Take(ReadOnlySpan<byte> bytes, long origin, bool isFinal)
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
