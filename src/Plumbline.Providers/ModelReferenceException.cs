namespace Plumbline.Providers;

/// <summary>A model was named in a way that means nothing, or that points at nothing. The message says what was expected.</summary>
public sealed class ModelReferenceException : Exception
{
    /// <summary>An exception with a complete sentence for the person who named the model.</summary>
    public ModelReferenceException(string message)
        : base(message)
    {
    }

    /// <inheritdoc cref="ModelReferenceException(string)"/>
    public ModelReferenceException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
