using System.Text;
using System.Xml;
using Plumbline.Reports.Text;

namespace Plumbline.Reports.JUnit;

/// <summary>
/// Text that XML can hold. Control characters, lone surrogates and the two non-characters U+FFFE and U+FFFF are forbidden in XML 1.0 even as references:
/// each is named instead of written.
/// </summary>
internal static class XmlText
{
    /// <summary>The text on one line of at most <paramref name="limit"/> characters.</summary>
    public static string OneLine(string text, int limit) => Allowed(VisibleText.OneLine(text, limit));

    private static string Allowed(string text)
    {
        var allowed = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                allowed.Append(text[i]).Append(text[++i]);
            }
            else if (XmlConvert.IsXmlChar(text[i]))
            {
                allowed.Append(text[i]);
            }
            else
            {
                allowed.Append($"⟨U+{(int)text[i]:X4}⟩");
            }
        }

        return allowed.ToString();
    }
}
