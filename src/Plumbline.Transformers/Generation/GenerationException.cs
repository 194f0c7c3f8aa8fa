namespace Plumbline.Transformers.Generation;

/// <summary>A request that the model cannot answer as asked; the message says why and what to do.</summary>
public sealed class GenerationException : Exception
{
    /// <summary>For serializers.</summary>
    public GenerationException()
    {
    }

    /// <summary>A complete sentence about what was wrong and what to do.</summary>
    public GenerationException(string message)
        : base(message)
    {
    }

    /// <summary>A complete sentence about what was wrong, and its cause.</summary>
    public GenerationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Prompt and answer do not fit into the model's positions or the engine's cache.</summary>
    public bool IsTooLong { get; init; }
}
