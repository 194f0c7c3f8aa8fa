namespace Plumbline.Transformers.Training;

/// <summary>Training cannot start or go on: an option, the data or a checkpoint does not fit. The message says which, why, and what to do.</summary>
public sealed class TrainingException : Exception
{
    /// <summary>An error without words of its own.</summary>
    public TrainingException()
    {
    }

    /// <summary>An error with a whole sentence of what, where, expected and what to do.</summary>
    public TrainingException(string message)
        : base(message)
    {
    }

    /// <summary>An error that another one led to.</summary>
    public TrainingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
