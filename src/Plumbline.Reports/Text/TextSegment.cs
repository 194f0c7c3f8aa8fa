namespace Plumbline.Reports.Text;

/// <summary>A stretch of untrusted text, or a mark that stands for a character which a reader would not see.</summary>
/// <param name="Text">What to show: the text itself, or the mark's code point, such as <c>U+202E</c>.</param>
/// <param name="Meaning">Null for plain text; for a mark, what stood there, in words.</param>
public readonly record struct TextSegment(string Text, string? Meaning)
{
    /// <summary>True when this stands for a character that was taken out of the text.</summary>
    public bool IsMark => Meaning is not null;
}
