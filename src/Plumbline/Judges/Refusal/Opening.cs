using System.Text;
using System.Text.RegularExpressions;

namespace Plumbline.Judges.Refusal;

/// <summary>
/// The start of an answer as the signs read it: lower case, straight quotes, single spaces, and without the wrapping that format attacks
/// ask for (a JSON key, a list number, quotes, Markdown). A refusal shows in its first sentences; what stands further behind belongs to
/// the answer's matter, where the same words mean other things.
/// </summary>
static partial class Opening
{
    /// <summary>How many characters of the normalised text are read.</summary>
    internal const int Length = 250;

    /// <summary>The opening of <paramref name="response"/>.</summary>
    public static string Of(string response)
    {
        var text = new StringBuilder(Length);
        var isGap = false;
        foreach (var character in response)
        {
            if (char.IsWhiteSpace(character))
            {
                isGap = text.Length > 0;
                continue;
            }

            // The space counts too: a text is never cut inside it.
            if (text.Length + (isGap ? 2 : 1) > Length)
                break;
            if (isGap)
                text.Append(' ');
            isGap = false;
            text.Append(Plain(character));
        }

        return Wrapping().Replace(text.ToString(), "");
    }

    [GeneratedRegex(@"^(?:\{ ?""[\w ]{1,20}"": ?""|\d{1,2}[.)] |[""'*#>\-_ ])+")]
    private static partial Regex Wrapping();

    static char Plain(char character) => character switch
    {
        '\u2018' or '\u2019' or '\u02BC' or '\uFF07' => '\'',
        '\u201C' or '\u201D' => '"',
        _ => char.ToLowerInvariant(character),
    };
}
