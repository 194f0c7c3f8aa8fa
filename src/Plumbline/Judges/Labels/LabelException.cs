namespace Plumbline.Judges.Labels;

/// <summary>Labels that cannot be read: the message says what is wrong, where, and what was expected.</summary>
public sealed class LabelException : Exception
{
    /// <summary>Makes the exception with a complete sentence.</summary>
    public LabelException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a complete sentence and its cause.</summary>
    public LabelException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
