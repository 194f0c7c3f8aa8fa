using System.Text;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Tokenizers.Files;
using Plumbline.Transformers.Tokenizers.Merging;
using Plumbline.Transformers.Tokenizers.Normalization;

namespace Plumbline.Transformers.Tokenizers.Gguf;

/// <summary>Writes a tokenizer as GGUF metadata: for llama.cpp in its own keys, and for exact reading back as a whole <c>tokenizer.json</c>.</summary>
public static class GgufTokenizerWriter
{
    // Below every score of a merge: llama.cpp must not make such a token by merging.
    private const float NeverMerged = -1e9f;

    /// <summary>The metadata of a tokenizer, filled up to <paramref name="vocabularySize"/> tokens, the rows of the embedding.</summary>
    /// <exception cref="CheckpointException">llama.cpp has no splitting like this tokenizer's.</exception>
    public static IEnumerable<KeyValuePair<string, object>> Write(BpeTokenizer tokenizer, TokenizerConfig config, int? end, int? begin, int vocabularySize)
    {
        var definition = tokenizer.Definition;
        var types = Enumerable.Range(0, vocabularySize).Select(id => Type(tokenizer, id)).ToArray();
        var metadata = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            [GgufTokenKeys.Model] = definition.Model.ByteLevel ? "gpt2" : "llama",
            [GgufTokenKeys.Tokens] = Enumerable.Range(0, vocabularySize).Select(id => tokenizer.TokenOf(id) ?? $"[PAD{id}]").ToArray(),
            [GgufTokenKeys.Types] = Array.ConvertAll(types, type => (int)type),
            [GgufTokenKeys.AddBegin] = definition.Prefix.Count > 0,
            [GgufTokenKeys.AddEnd] = definition.Suffix.Count > 0,
        };
        if (definition.Model.ByteLevel)
            AddByteLevel(definition, metadata);
        else
            AddScored(definition, vocabularySize, metadata);
        AddToken(GgufTokenKeys.Begin, begin);
        AddToken(GgufTokenKeys.End, end);
        AddToken(GgufTokenKeys.Pad, config.PadToken is { } pad ? tokenizer.IdOf(pad) : null);
        AddToken(GgufTokenKeys.Unknown, definition.Model.UnknownToken);
        if (config.ChatTemplate is { } template)
            metadata[GgufTokenKeys.Template] = template;
        metadata[GgufTokenKeys.HuggingFace] = Encoding.UTF8.GetString(TokenizerFile.Bytes(tokenizer));
        return metadata;

        void AddToken(string key, int? id)
        {
            if (id is { } token)
                metadata[key] = (uint)token;
        }
    }

    private static void AddByteLevel(TokenizerDefinition definition, Dictionary<string, object> metadata)
    {
        metadata[GgufTokenKeys.Pre] = SplittingRecipe.NameOf(definition) ?? throw new CheckpointException(
            $"The tokenizer splits texts in a way that llama.cpp has no name for; it knows {string.Join(", ", SplittingRecipe.Names)} among those that the engine writes. Keep the model as a Hugging Face folder.");
        metadata[GgufTokenKeys.Merges] = definition.Model.Merges
            .OrderBy(merge => merge.Rank)
            .Select(merge => $"{definition.Model.Vocabulary.TokenOf(merge.Left)} {definition.Model.Vocabulary.TokenOf(merge.Right)}")
            .ToArray();
    }

    private static void AddScored(TokenizerDefinition definition, int vocabularySize, Dictionary<string, object> metadata)
    {
        var scores = Enumerable.Repeat(NeverMerged, vocabularySize).ToArray();
        foreach (var merge in definition.Model.Merges)
            scores[merge.Result] = Math.Max(scores[merge.Result], -merge.Rank);
        metadata[GgufTokenKeys.Pre] = "default";
        metadata[GgufTokenKeys.Scores] = scores;
        metadata[GgufTokenKeys.AddSpacePrefix] = definition.Normalizers.Any(step => step is PrependNormalizer)
            || definition.Splitters.Any(step => step is Splitting.MetaspaceSplitter { Prefix: not Splitting.MetaspacePrefix.Never });
    }

    private static GgufTokenType Type(BpeTokenizer tokenizer, int id)
    {
        var model = tokenizer.Definition.Model;
        if (tokenizer.TokenOf(id) is not { } token)
            return GgufTokenType.Unused;
        if (id == model.UnknownToken)
            return GgufTokenType.Unknown;
        if (tokenizer.IsSpecial(id))
            return GgufTokenType.Control;
        if (tokenizer.Definition.AddedTokens.Any(added => added.Id == id))
            return GgufTokenType.UserDefined;
        return !model.ByteLevel && model.ByteFallback && Vocabulary.IsByteToken(token, out _) ? GgufTokenType.Byte : GgufTokenType.Normal;
    }
}
