namespace Plumbline.Transformers.Tokenizers.Splitting;

/// <summary>Where SentencePiece's step puts a ▁ in front.</summary>
public enum MetaspacePrefix
{
    /// <summary>Before each stretch of text, also after a special token.</summary>
    Always,

    /// <summary>Only at the very beginning of a text.</summary>
    First,

    /// <summary>Nowhere.</summary>
    Never,
}
