namespace Plumbline.Transformers.Tokenizers.Normalization;

/// <summary>Rewrites a stretch of text before it is split.</summary>
public interface INormalizer
{
    /// <summary>The rewritten text; the same object where nothing changes.</summary>
    string Normalize(string text);
}
