namespace Plumbline.Transformers.Tokenizers.Splitting;

/// <summary>GPT-2's step: splits by its pattern (unless an earlier step did) and says that tokens are made of bytes.</summary>
public sealed record ByteLevelSplitter(bool PrefixSpace, bool Split) : ISplitter
{
    private static readonly PatternSplitter Gpt2 = new(KnownPatterns.Gpt2);

    /// <inheritdoc/>
    void ISplitter.Split(ReadOnlyMemory<char> piece, bool first, List<ReadOnlyMemory<char>> parts)
    {
        if (PrefixSpace && !piece.Span.StartsWith(" "))
            piece = $" {piece}".AsMemory();
        if (Split)
            Gpt2.Split(piece, first, parts);
        else
            parts.Add(piece);
    }
}
