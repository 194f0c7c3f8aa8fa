namespace Plumbline.Runs;

/// <summary>A run folder that cannot be used: the message says what is wrong, where, and what to do.</summary>
public sealed class RunException : Exception
{
    /// <summary>Makes the exception with a complete sentence.</summary>
    public RunException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a complete sentence and its cause.</summary>
    public RunException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
