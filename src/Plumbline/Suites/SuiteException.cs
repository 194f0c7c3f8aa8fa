namespace Plumbline.Suites;

/// <summary>A suite that cannot be used: the message says what is wrong, where (file, line, field), and what to do.</summary>
public sealed class SuiteException : Exception
{
    /// <summary>Makes the exception with a complete sentence.</summary>
    public SuiteException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a complete sentence and its cause.</summary>
    public SuiteException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
