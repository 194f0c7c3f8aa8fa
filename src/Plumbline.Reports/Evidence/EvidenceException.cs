namespace Plumbline.Reports.Evidence;

/// <summary>A bundle or a key that cannot be used at all; the message says what is wrong and what would do.</summary>
public sealed class EvidenceException : Exception
{
    /// <summary>Makes the exception with a complete sentence.</summary>
    public EvidenceException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a complete sentence and its cause.</summary>
    public EvidenceException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
