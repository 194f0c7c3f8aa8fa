namespace Plumbline.Providers;

/// <summary>
/// An endpoint cannot be used: nothing listens there, it refuses the key, it does not know the model, or it stays overloaded.
/// It says nothing about the model's behaviour, so it is never scored. The message says what to do.
/// </summary>
public sealed class ModelUnreachableException : Exception
{
    /// <summary>An exception with a complete sentence for the person who named the endpoint.</summary>
    public ModelUnreachableException(string message)
        : base(message)
    {
    }

    /// <inheritdoc cref="ModelUnreachableException(string)"/>
    public ModelUnreachableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
