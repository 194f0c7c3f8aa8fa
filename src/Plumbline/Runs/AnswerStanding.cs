namespace Plumbline.Runs;

/// <summary>What can become of an answer, as far as that shows without reading it.</summary>
enum AnswerStanding : byte
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>The call failed.</summary>
    Failed,

    /// <summary>A filter withheld it.</summary>
    Blocked,

    /// <summary>It ended in a way that is not known to end a whole answer. Earlier versions wrote such answers down; now the call counts as failed.</summary>
    Broken,

    /// <summary>It is nothing but white space.</summary>
    Empty,

    /// <summary>It was cut off at the token limit.</summary>
    Truncated,

    /// <summary>It is whole.</summary>
    Whole,
}
