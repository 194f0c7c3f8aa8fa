using System.Text.Encodings.Web;
using System.Text.Unicode;
using Plumbline.Reports.Text;

namespace Plumbline.Reports.Page;

/// <summary>
/// Writes HTML without a component, for what a page holds by the thousand: a component for each of 100,000 cases costs five times as much. Text from outside goes
/// through <see cref="Text"/>, <see cref="Line"/> or <see cref="Attribute"/>, never through <see cref="Raw"/>.
/// </summary>
internal sealed class Markup(TextWriter writer)
{
    /// <summary>Escapes everything that means something in HTML; letters of every script stay letters, so that a Chinese answer takes a third of the bytes.</summary>
    public static HtmlEncoder Encoder { get; } = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Markup of our own, or a text that is known to be harmless, such as a number.</summary>
    public Markup Raw(string html)
    {
        writer.Write(html);
        return this;
    }

    /// <summary>A text from outside in full, with a mark where a character could not be seen.</summary>
    public Markup Text(string text)
    {
        foreach (var segment in VisibleText.Split(text))
        {
            if (segment.IsMark)
            {
                writer.Write("<span class=\"mark\" title=\"");
                Encoder.Encode(writer, segment.Meaning!);
                writer.Write("\">");
                Encoder.Encode(writer, segment.Text);
                writer.Write("</span>");
            }
            else
            {
                Encoder.Encode(writer, segment.Text);
            }
        }

        return this;
    }

    /// <summary>A text from outside on one line of at most <paramref name="limit"/> characters.</summary>
    public Markup Line(string text, int limit)
    {
        Encoder.Encode(writer, VisibleText.OneLine(text, limit));
        return this;
    }

    /// <summary>An attribute with its value in quotes, after a space. The value is one line, as it is shown.</summary>
    public Markup Attribute(string name, string value)
    {
        writer.Write(' ');
        writer.Write(name);
        writer.Write("=\"");
        Encoder.Encode(writer, value);
        writer.Write('"');
        return this;
    }
}
