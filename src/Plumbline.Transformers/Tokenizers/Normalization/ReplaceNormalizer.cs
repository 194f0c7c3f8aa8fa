namespace Plumbline.Transformers.Tokenizers.Normalization;

/// <summary>Replaces one literal text by another everywhere, such as a space by SentencePiece's ▁.</summary>
public sealed record ReplaceNormalizer(string Old, string New) : INormalizer
{
    /// <inheritdoc/>
    public string Normalize(string text) => text.Replace(Old, New, StringComparison.Ordinal);
}
