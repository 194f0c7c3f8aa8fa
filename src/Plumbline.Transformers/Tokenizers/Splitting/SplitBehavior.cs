namespace Plumbline.Transformers.Tokenizers.Splitting;

/// <summary>What becomes of the stretches that a splitting pattern matches.</summary>
public enum SplitBehavior
{
    /// <summary>Each is a part of its own.</summary>
    Isolated,

    /// <summary>They vanish.</summary>
    Removed,

    /// <summary>Each ends the part before it.</summary>
    MergedWithPrevious,

    /// <summary>Each begins the part after it.</summary>
    MergedWithNext,

    /// <summary>Adjoining ones are one part.</summary>
    Contiguous,
}
