namespace Plumbline.Tuning.Training;

/// <summary>Another process writes its result into the folder.</summary>
public sealed class FolderInUseException : Exception
{
    /// <summary>An error without words of its own.</summary>
    public FolderInUseException()
    {
    }

    /// <summary>An error with a whole sentence of what, where and what to do.</summary>
    public FolderInUseException(string message)
        : base(message)
    {
    }

    /// <summary>An error that another one led to.</summary>
    public FolderInUseException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
