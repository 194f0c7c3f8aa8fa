using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Checkpoints.Gguf;
using Plumbline.Transformers.Tokenizers.Files;
using Plumbline.Transformers.Tokenizers.Merging;

namespace Plumbline.Transformers.Tokenizers.Gguf;

/// <summary>
/// Reads the tokenizer of a GGUF file: byte-level merges (<c>gpt2</c>), or SentencePiece tokens with scores (<c>llama</c>).
/// Where the file carries a whole <c>tokenizer.json</c>, that counts, for it says more.
/// </summary>
public static class GgufTokenizer
{
    /// <summary>The tokenizer.</summary>
    /// <exception cref="CheckpointException">There is none, it is malformed, or of a kind that the engine does not know.</exception>
    public static BpeTokenizer Read(GgufMetadata metadata)
    {
        if (metadata.Text(GgufTokenKeys.HuggingFace) is { } json)
            return TokenizerFile.Parse($"{metadata.File} ({GgufTokenKeys.HuggingFace})", json);
        if (metadata.Text(GgufTokenKeys.Model) is not { } model)
        {
            throw new CheckpointException(
                $"The GGUF file {metadata.File} has no tokenizer ({GgufTokenKeys.Model}). Convert the model anew, with its tokenizer beside its weights.");
        }

        var tokens = GgufTokens.Read(metadata);
        return new BpeTokenizer(model switch
        {
            "gpt2" => ByteLevelReader.Read(metadata, tokens),
            "llama" => ScoredReader.Read(metadata, tokens),
            _ => throw new CheckpointException(
                $"{metadata.File}: a tokenizer of the kind '{model}' is not supported; the engine knows gpt2 and llama. Serve the model elsewhere and name it by its endpoint."),
        });
    }

    /// <summary>The chat template, and which tokens play which part.</summary>
    /// <exception cref="CheckpointException">A key is malformed.</exception>
    public static TokenizerConfig ReadConfig(GgufMetadata metadata)
    {
        var tokens = metadata.Texts(GgufTokenKeys.Tokens) ?? [];
        string? Token(string key) => metadata.Token(key, Math.Min(tokens.Count, Vocabulary.LargestId)) is { } id ? tokens[id] : null;
        return new TokenizerConfig
        {
            ChatTemplate = metadata.Text(GgufTokenKeys.Template),
            BeginToken = Token(GgufTokenKeys.Begin),
            EndToken = Token(GgufTokenKeys.End),
            PadToken = Token(GgufTokenKeys.Pad),
            UnknownToken = Token(GgufTokenKeys.Unknown),
        };
    }

    /// <summary>The tokens that end an answer.</summary>
    /// <exception cref="CheckpointException">A key is malformed.</exception>
    public static IReadOnlyList<int> EndTokens(GgufMetadata metadata)
    {
        var count = metadata.Texts(GgufTokenKeys.Tokens)?.Count ?? 0;
        return [.. new[] { GgufTokenKeys.End, GgufTokenKeys.EndOfTurn }.Select(key => metadata.Token(key, count)).OfType<int>().Distinct()];
    }

    /// <summary>The token that begins a text, if there is one.</summary>
    /// <exception cref="CheckpointException">The key is malformed.</exception>
    public static int? BeginToken(GgufMetadata metadata) => metadata.Token(GgufTokenKeys.Begin, metadata.Texts(GgufTokenKeys.Tokens)?.Count ?? 0);
}
