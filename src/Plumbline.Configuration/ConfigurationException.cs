namespace Plumbline.Configuration;

/// <summary>A setting that cannot be used: the message says which, where it was given (file, line and column; option; or variable), what was
/// expected, and what was probably meant.</summary>
public sealed class ConfigurationException : Exception
{
    /// <summary>Makes the exception with a complete sentence.</summary>
    public ConfigurationException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a complete sentence and its cause.</summary>
    public ConfigurationException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
