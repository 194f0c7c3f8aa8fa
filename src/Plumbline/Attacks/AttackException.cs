namespace Plumbline.Attacks;

/// <summary>An attack that cannot be had: no such name, a value that it cannot take, or a file that cannot be used. The message says which, and what to
/// do.</summary>
public sealed class AttackException : Exception
{
    /// <summary>Makes the exception with a complete sentence.</summary>
    public AttackException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a complete sentence and its cause.</summary>
    public AttackException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
