namespace Plumbline.Transformers.Decoding;

/// <summary>For which tokens of a slice the caller wants logits.</summary>
internal enum Lookout
{
    /// <summary>None: only the cache is filled.</summary>
    None,

    /// <summary>The last token.</summary>
    Last,

    /// <summary>Every token.</summary>
    All,
}
