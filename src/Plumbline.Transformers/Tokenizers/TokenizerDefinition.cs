using Plumbline.Transformers.Tokenizers.Merging;
using Plumbline.Transformers.Tokenizers.Normalization;
using Plumbline.Transformers.Tokenizers.Splitting;

namespace Plumbline.Transformers.Tokenizers;

/// <summary>Everything that makes a tokenizer, as a <c>tokenizer.json</c> or a GGUF file states it.</summary>
public sealed record TokenizerDefinition
{
    /// <summary>Tokens and merges.</summary>
    public required BpeModel Model { get; init; }

    /// <summary>Tokens that are found in the text first.</summary>
    public IReadOnlyList<AddedToken> AddedTokens { get; init; } = [];

    /// <summary>Rewriting steps, first to last.</summary>
    public IReadOnlyList<INormalizer> Normalizers { get; init; } = [];

    /// <summary>Splitting steps, first to last.</summary>
    public IReadOnlyList<ISplitter> Splitters { get; init; } = [];

    /// <summary>Tokens put before a text, such as the begin token.</summary>
    public IReadOnlyList<int> Prefix { get; init; } = [];

    /// <summary>Tokens put after a text.</summary>
    public IReadOnlyList<int> Suffix { get; init; } = [];

    /// <summary>Decoding removes one space at the beginning of a text, which encoding put there (SentencePiece).</summary>
    public bool StripLeadingSpace { get; init; }
}
