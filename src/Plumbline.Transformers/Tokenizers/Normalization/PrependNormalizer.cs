namespace Plumbline.Transformers.Tokenizers.Normalization;

/// <summary>Puts a text (SentencePiece's ▁) in front of each stretch that is not empty.</summary>
public sealed record PrependNormalizer(string Prefix) : INormalizer
{
    /// <inheritdoc/>
    public string Normalize(string text) => text.Length == 0 ? text : Prefix + text;
}
