using System.Collections.Concurrent;
using System.Text;

namespace Plumbline.Transformers.Tokenizers.Merging;

/// <summary>Turns one word (a part that no merge crosses) into tokens, and remembers short ones.</summary>
internal sealed class WordEncoder
{
    private const int MostRemembered = 1 << 16;
    private const int LongestRemembered = 64;

    private readonly BpeModel model;
    private readonly MergeTable merges;
    private readonly int[] idOfByte = new int[256];
    private readonly ConcurrentDictionary<string, int[]> remembered = new(StringComparer.Ordinal);
    private int rememberedCount;

    public WordEncoder(BpeModel model)
    {
        this.model = model;
        merges = new MergeTable(model.Merges);
        for (var value = 0; value < 256; value++)
        {
            var token = model.ByteLevel ? ByteAlphabet.Letter((byte)value).ToString() : Vocabulary.ByteToken((byte)value);
            idOfByte[value] = model.Vocabulary.IdOf(token) ?? -1;
        }
    }

    /// <summary>Adds the word's tokens to <paramref name="ids"/>.</summary>
    public void Encode(ReadOnlySpan<char> word, List<int> ids)
    {
        var lookup = remembered.GetAlternateLookup<ReadOnlySpan<char>>();
        if (word.Length <= LongestRemembered && lookup.TryGetValue(word, out var known))
        {
            ids.AddRange(known);
            return;
        }

        var found = model.ByteLevel ? EncodeBytes(word) : EncodeCharacters(word);
        if (word.Length <= LongestRemembered && Interlocked.Increment(ref rememberedCount) <= MostRemembered)
            lookup.TryAdd(word, found);
        ids.AddRange(found);
    }

    private int[] EncodeBytes(ReadOnlySpan<char> word)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(word)];
        Encoding.UTF8.GetBytes(word, bytes);
        if (model.IgnoreMerges && model.Vocabulary.IdOf(ByteAlphabet.Write(bytes)) is { } whole)
            return [whole];
        var symbols = new List<int>(bytes.Length);
        foreach (var value in bytes)
        {
            if (idOfByte[value] >= 0)
                symbols.Add(idOfByte[value]);
            else
                AddUnknown(symbols);
        }

        return Merged(symbols);
    }

    private int[] EncodeCharacters(ReadOnlySpan<char> word)
    {
        if (model.IgnoreMerges && model.Vocabulary.IdOf(word) is { } whole)
            return [whole];
        var symbols = new List<int>(word.Length);
        for (var i = 0; i < word.Length;)
        {
            var units = char.IsHighSurrogate(word[i]) && i + 1 < word.Length && char.IsLowSurrogate(word[i + 1]) ? 2 : 1;
            AddCharacter(word.Slice(i, units), symbols);
            i += units;
        }

        return Merged(symbols);
    }

    private void AddCharacter(ReadOnlySpan<char> character, List<int> symbols)
    {
        if (model.Vocabulary.IdOf(character) is { } id)
            symbols.Add(id);
        else if (!model.ByteFallback || !TryAddBytes(character, symbols))
            AddUnknown(symbols);
    }

    private bool TryAddBytes(ReadOnlySpan<char> character, List<int> symbols)
    {
        Span<byte> bytes = stackalloc byte[4];
        bytes = bytes[..Encoding.UTF8.GetBytes(character, bytes)];
        foreach (var value in bytes)
        {
            if (idOfByte[value] < 0)
                return false;
        }

        foreach (var value in bytes)
            symbols.Add(idOfByte[value]);
        return true;
    }

    private void AddUnknown(List<int> symbols)
    {
        if (model.UnknownToken is { } unknown && !(model.FuseUnknown && symbols is [.., var last] && last == unknown))
            symbols.Add(unknown);
    }

    private int[] Merged(List<int> symbols)
    {
        var all = symbols.ToArray();
        return all[..merges.Apply(all)];
    }
}
