namespace Plumbline.Transformers.Generation;

/// <summary>Why an answer ended.</summary>
internal enum AnswerEnd
{
    /// <summary>An end token or a stop sequence.</summary>
    Stop,

    /// <summary>The token limit.</summary>
    Length,
}
