namespace Plumbline.Audits;

/// <summary>
/// A client can answer others, but not this case: nothing is recorded for it, or its shape has no place in the target's request. The case is
/// unscored with this reason, and it is no sign that the model is gone.
/// </summary>
public sealed class CaseNotAnswerableException : Exception
{
    /// <summary>Makes the exception with a complete sentence.</summary>
    public CaseNotAnswerableException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a complete sentence and its cause.</summary>
    public CaseNotAnswerableException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
