using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Checkpoints.Gguf;
using Plumbline.Transformers.Tokenizers.Merging;

namespace Plumbline.Transformers.Tokenizers.Gguf;

/// <summary>A GGUF vocabulary: each id's text and kind.</summary>
internal sealed record GgufTokens(IReadOnlyList<string> Texts, IReadOnlyList<GgufTokenType> Types)
{
    /// <summary>Tokens that the merges work on.</summary>
    public Vocabulary Mergeable() => new([.. Of(GgufTokenType.Normal, GgufTokenType.Byte, GgufTokenType.UserDefined, GgufTokenType.Unknown)]);

    /// <summary>Tokens that are found in the text first.</summary>
    public IReadOnlyList<AddedToken> Added() =>
    [
        .. Of(GgufTokenType.Control, GgufTokenType.Unknown, GgufTokenType.UserDefined)
            .Select(token => new AddedToken(token.Value, token.Key) { Special = Types[token.Value] != GgufTokenType.UserDefined }),
    ];

    /// <summary>Reads both lists.</summary>
    /// <exception cref="CheckpointException">One is missing, or they are of different lengths.</exception>
    public static GgufTokens Read(GgufMetadata metadata)
    {
        var texts = metadata.Texts(GgufTokenKeys.Tokens)
            ?? throw new CheckpointException($"{metadata.File}: the metadata {GgufTokenKeys.Tokens} is missing; expected the vocabulary. Convert the model anew.");
        if (texts.Count is 0 or > Vocabulary.LargestId)
            throw new CheckpointException($"{metadata.File}: the vocabulary has {texts.Count} tokens; expected 1 to {Vocabulary.LargestId}.");
        var types = metadata.Wholes(GgufTokenKeys.Types)?.Select(type => (GgufTokenType)type).ToList() ?? [.. Enumerable.Repeat(GgufTokenType.Normal, texts.Count)];
        if (types.Count != texts.Count)
            throw new CheckpointException($"{metadata.File}: {types.Count} token types for {texts.Count} tokens; expected as many.");
        return new GgufTokens(texts, types);
    }

    private IEnumerable<KeyValuePair<string, int>> Of(params GgufTokenType[] kinds) => Enumerable.Range(0, Texts.Count)
        .Where(id => kinds.Contains(Types[id]))
        .Select(id => KeyValuePair.Create(Texts[id], id));
}
