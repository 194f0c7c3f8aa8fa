namespace Plumbline.Calls;

/// <summary>Whether what a client brought is the model's own whole answer, by why it says that the answer ended.</summary>
public enum AnswerEnd
{
    /// <summary>The model ended it, or called a tool, or the server does not say.</summary>
    Whole,

    /// <summary>It was cut off at a limit of tokens.</summary>
    CutOff,

    /// <summary>A filter, a guardrail or a moderator ended or replaced it: what is there is not the model's.</summary>
    Withheld,

    /// <summary>It ended by a failure, or by something that nobody knows here: whose words are there cannot be told.</summary>
    Unknown,
}
