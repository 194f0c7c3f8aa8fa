namespace Plumbline.Transformers.Checkpoints;

/// <summary>
/// A model's files cannot be used: truncated, corrupt, missing, or of a kind that the engine does not know.
/// The message says what is wrong, where, what was expected, and what to do.
/// </summary>
public sealed class CheckpointException : Exception
{
    /// <summary>An error without words of its own.</summary>
    public CheckpointException()
    {
    }

    /// <summary>An error with a whole sentence of what, where, expected and what to do.</summary>
    public CheckpointException(string message)
        : base(message)
    {
    }

    /// <summary>An error that another one led to.</summary>
    public CheckpointException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
