namespace Plumbline.Runs;

/// <summary>The disk takes no more of a journal: what was written before is kept, and a part of a line that it may end in is cut off when it is opened again.</summary>
public sealed class JournalException : IOException
{
    /// <summary>What becomes of a part of a line.</summary>
    public const string TornEndIsCutOff = "A torn line at its end is cut off at the next start: nobody had counted it.";

    /// <summary>Makes the exception with a complete sentence.</summary>
    /// <param name="failure">What the disk said.</param>
    public JournalException(Exception failure)
        : base($"The journal could not be written: {failure?.Message} What was written before is kept; nothing more is appended. {TornEndIsCutOff} Make room, and run the same command again.", failure)
    {
    }
}
