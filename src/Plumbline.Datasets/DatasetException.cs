namespace Plumbline.Datasets;

/// <summary>Fine-tuning data that cannot be used. The message says what is wrong, where (file, line, field), and what to do.</summary>
public sealed class DatasetException : Exception
{
    /// <summary>An error without a place.</summary>
    public DatasetException(string message) : base(message) { }

    /// <summary>An error without a place, and its cause.</summary>
    public DatasetException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>An error of unknown kind.</summary>
    public DatasetException() : base("The dataset cannot be used.") { }

    /// <summary>An error at a place in a file.</summary>
    /// <param name="file">The file as the user named it.</param>
    /// <param name="line">1-based.</param>
    /// <param name="field">The field's path, such as <c>messages[2].role</c>, if the error is in one.</param>
    /// <param name="problem">What is wrong, what was expected, and what to do.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public static DatasetException At(string file, long line, string? field, string problem, Exception? innerException = null)
    {
        var place = field is null ? $"{file}, line {line}" : $"{file}, line {line}, field '{field}'";
        var message = $"{place}: {problem}";
        return innerException is null ? new DatasetException(message) : new DatasetException(message, innerException);
    }
}
