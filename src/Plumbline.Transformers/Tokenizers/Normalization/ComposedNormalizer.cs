namespace Plumbline.Transformers.Tokenizers.Normalization;

/// <summary>Unicode normalisation form C (Unicode Standard Annex 15): canonical decomposition, ordering, then composition.</summary>
public sealed record ComposedNormalizer : INormalizer
{
    // Below the first combining mark every text is in form C already.
    private const char FirstMark = '\u0300';

    /// <inheritdoc/>
    public string Normalize(string text) =>
        text.AsSpan().IndexOfAnyExceptInRange('\0', (char)(FirstMark - 1)) < 0 ? text : CanonicalForms.Shared.Compose(text);
}
