namespace Plumbline.Transformers.Tokenizers.Merging;

/// <summary>A byte-pair model: its tokens, its merges, and what it does with what it does not know (<c>model</c> of a <c>tokenizer.json</c>).</summary>
public sealed record BpeModel
{
    /// <summary>The tokens.</summary>
    public required Vocabulary Vocabulary { get; init; }

    /// <summary>The merges.</summary>
    public required IReadOnlyList<Merge> Merges { get; init; }

    /// <summary>Tokens are written in GPT-2's byte alphabet; otherwise they are text (SentencePiece).</summary>
    public required bool ByteLevel { get; init; }

    /// <summary>A character that is no token becomes its UTF-8 bytes' tokens, <c>&lt;0xE2&gt;</c> ….</summary>
    public bool ByteFallback { get; init; }

    /// <summary>A whole word that is a token is that token, whatever merges would give.</summary>
    public bool IgnoreMerges { get; init; }

    /// <summary>Stands for what is no token, if the model has one.</summary>
    public int? UnknownToken { get; init; }

    /// <summary>Neighbouring unknowns are one.</summary>
    public bool FuseUnknown { get; init; }
}
