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

    /// <summary>An error about an option's value.</summary>
    /// <param name="option">Its name in <see cref="TrainingOptions"/>; "Lora." stands before those of <see cref="LoraOptions"/>.</param>
    /// <param name="complaint">What is wrong with it, to stand behind whatever the user calls the option: "is 0; it must be at least 1."</param>
    public TrainingException(string option, string complaint)
        : base($"The training option {option} {complaint}") => (Option, Complaint) = (option, complaint);

    /// <summary>An error that another one led to.</summary>
    public TrainingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The option that is out of its range, where it is one.</summary>
    public string? Option { get; }

    /// <summary>What is wrong with <see cref="Option"/>.</summary>
    public string? Complaint { get; }
}
