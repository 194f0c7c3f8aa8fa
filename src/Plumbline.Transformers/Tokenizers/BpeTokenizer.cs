using System.Text;
using Plumbline.Transformers.Tokenizers.Merging;
using Plumbline.Transformers.Tokenizers.Normalization;
using Plumbline.Transformers.Tokenizers.Splitting;

namespace Plumbline.Transformers.Tokenizers;

/// <summary>
/// Byte-pair tokenizer, byte-level (GPT-2, Llama 3, Qwen) or of characters with byte fallback (SentencePiece: Llama 2, Mistral),
/// giving the ids that Hugging Face's <c>tokenizers</c> gives. Immutable but for a bounded memory of words; safe to share.
/// </summary>
public sealed class BpeTokenizer : ITokenizer
{
    private const char Metaspace = '▁';

    private readonly TokenizerDefinition midText;
    private readonly WordEncoder words;
    private readonly AddedTokenFinder plainRaw;
    private readonly AddedTokenFinder plainNormalized;
    private readonly AddedTokenFinder allRaw;
    private readonly AddedTokenFinder allNormalized;
    private readonly Dictionary<int, AddedToken> addedById;
    private readonly Dictionary<string, AddedToken> addedByContent;
    private readonly byte[]?[] bytesById;
    private readonly bool[] isByteToken;

    /// <summary>The tokenizer that a definition describes.</summary>
    public BpeTokenizer(TokenizerDefinition definition)
    {
        Definition = definition;
        midText = MidText(definition);
        words = new WordEncoder(definition.Model);
        addedById = definition.AddedTokens.DistinctBy(token => token.Id).ToDictionary(token => token.Id);
        addedByContent = definition.AddedTokens.DistinctBy(token => token.Content).ToDictionary(token => token.Content, StringComparer.Ordinal);
        VocabularySize = Math.Max(definition.Model.Vocabulary.Size, definition.AddedTokens.Select(token => token.Id + 1).DefaultIfEmpty().Max());
        var normalized = definition.AddedTokens.Where(token => token.Normalized).Select(token => token with { Content = Normalize(token.Content, definition) }).ToList();
        allRaw = new AddedTokenFinder(definition.AddedTokens.Where(token => !token.Normalized));
        allNormalized = new AddedTokenFinder(normalized);
        plainRaw = new AddedTokenFinder(definition.AddedTokens.Where(token => !token.Normalized && !token.Special));
        plainNormalized = new AddedTokenFinder(normalized.Where(token => !token.Special));
        bytesById = new byte[]?[VocabularySize];
        isByteToken = new bool[VocabularySize];
        for (var id = 0; id < VocabularySize; id++)
            (bytesById[id], isByteToken[id]) = BytesOf(id);
    }

    /// <summary>What makes this tokenizer.</summary>
    public TokenizerDefinition Definition { get; }

    /// <inheritdoc/>
    public int VocabularySize { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int> Encode(string text, bool allowSpecial = false, bool addBoundary = false)
    {
        var ids = new List<int>((text.Length / 3) + 8);
        if (addBoundary)
            ids.AddRange(Definition.Prefix);
        EncodeText(text, continues: false, allowSpecial, ids);
        if (addBoundary)
            ids.AddRange(Definition.Suffix);
        return ids;
    }

    /// <summary>The token ids of a text that goes on in the middle of another: SentencePiece's space is not put in front of it.</summary>
    /// <param name="text">Any text; lone surrogates count as U+FFFD.</param>
    /// <param name="allowSpecial">Special tokens written out in the text become their ids; otherwise they are text like any other.</param>
    public IReadOnlyList<int> EncodeContinuation(string text, bool allowSpecial = false)
    {
        var ids = new List<int>((text.Length / 3) + 8);
        EncodeText(text, continues: true, allowSpecial, ids);
        return ids;
    }

    /// <inheritdoc/>
    public string Decode(ReadOnlySpan<int> ids, bool skipSpecial = true)
    {
        var bytes = new List<byte>(ids.Length * 4);
        for (var i = 0; i < ids.Length;)
        {
            var run = ByteRun(ids[i..]);
            if (run > 0)
                AddByteRun(ids.Slice(i, run), bytes);
            else if (!(skipSpecial && IsSpecial(ids[i])))
                bytes.AddRange(Bytes(ids[i]));
            i += Math.Max(1, run);
        }

        var text = Encoding.UTF8.GetString(bytes.ToArray());
        return Definition.StripLeadingSpace && text.StartsWith(' ') ? text[1..] : text;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Bytes(int id) => (uint)id < (uint)VocabularySize ? bytesById[id] : [];

    /// <inheritdoc/>
    public bool IsSpecial(int id) => addedById.TryGetValue(id, out var token) && token.Special;

    /// <inheritdoc/>
    public int? IdOf(string token) => addedByContent.TryGetValue(token, out var added) ? added.Id : Definition.Model.Vocabulary.IdOf(token);

    /// <inheritdoc/>
    public string? TokenOf(int id) => addedById.TryGetValue(id, out var added) ? added.Content : Definition.Model.Vocabulary.TokenOf(id);

    private void EncodeText(string text, bool continues, bool allowSpecial, List<int> ids)
    {
        foreach (var (start, end, token) in (allowSpecial ? allRaw : plainRaw).Divide(text.AsMemory()))
        {
            if (token is not null)
                ids.Add(token.Id);
            else
                EncodeStretch(text[start..end], start == 0, continues && start == 0 ? midText : Definition, allowSpecial, ids);
        }
    }

    private void EncodeStretch(string stretch, bool first, TokenizerDefinition steps, bool allowSpecial, List<int> ids)
    {
        var normalized = Normalize(stretch, steps);
        foreach (var (start, end, token) in (allowSpecial ? allNormalized : plainNormalized).Divide(normalized.AsMemory()))
        {
            if (token is not null)
                ids.Add(token.Id);
            else
                EncodePlain(normalized.AsMemory(start, end - start), first && start == 0, steps, ids);
        }
    }

    private void EncodePlain(ReadOnlyMemory<char> text, bool first, TokenizerDefinition steps, List<int> ids)
    {
        List<ReadOnlyMemory<char>> pieces = [text];
        foreach (var splitter in steps.Splitters)
        {
            var parts = new List<ReadOnlyMemory<char>>(pieces.Count);
            for (var i = 0; i < pieces.Count; i++)
                splitter.Split(pieces[i], first && i == 0, parts);
            pieces = parts;
        }

        foreach (var piece in pieces)
        {
            if (!piece.IsEmpty)
                words.Encode(piece.Span, ids);
        }
    }

    private static string Normalize(string text, TokenizerDefinition steps)
    {
        foreach (var normalizer in steps.Normalizers)
            text = normalizer.Normalize(text);
        return text;
    }

    /// <summary>The same steps but for those that put something in front.</summary>
    private static TokenizerDefinition MidText(TokenizerDefinition definition) => definition with
    {
        Normalizers = [.. definition.Normalizers.Where(step => step is not PrependNormalizer)],
        Splitters =
        [
            .. definition.Splitters.Select(step => step switch
            {
                MetaspaceSplitter metaspace => metaspace with { Prefix = MetaspacePrefix.Never },
                ByteLevelSplitter bytes => bytes with { PrefixSpace = false },
                _ => step,
            }),
        ],
    };

    private (byte[]? Bytes, bool IsByteToken) BytesOf(int id)
    {
        if (addedById.TryGetValue(id, out var added))
            return (Vocabulary.Utf8(added.Content), false);
        if (Definition.Model.Vocabulary.TokenOf(id) is not { } token)
            return (null, false);
        if (Definition.Model.ByteLevel)
            return (ByteAlphabet.TryRead(token, out var bytes) ? bytes : Vocabulary.Utf8(token), false);
        if (Definition.Model.ByteFallback && Vocabulary.IsByteToken(token, out var value))
            return ([value], true);
        return (Vocabulary.Utf8(token.Replace(Metaspace, ' ')), false);
    }

    private int ByteRun(ReadOnlySpan<int> ids)
    {
        var run = 0;
        while (run < ids.Length && (uint)ids[run] < (uint)VocabularySize && isByteToken[ids[run]])
            run++;
        return run;
    }

    /// <summary>Fallback bytes are text only if the whole run is UTF-8; otherwise each byte is one U+FFFD, as in Hugging Face's decoder.</summary>
    private void AddByteRun(ReadOnlySpan<int> ids, List<byte> bytes)
    {
        var run = new byte[ids.Length];
        for (var i = 0; i < run.Length; i++)
            run[i] = bytesById[ids[i]]![0];
        if (System.Text.Unicode.Utf8.IsValid(run))
        {
            bytes.AddRange(run);
            return;
        }

        foreach (var _ in run)
            bytes.AddRange("\uFFFD"u8);
    }
}
