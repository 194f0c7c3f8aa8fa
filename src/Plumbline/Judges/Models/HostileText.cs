using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Plumbline.Judges.Models;

/// <summary>
/// Makes a text that others wrote fit to be shown to a judging model: its words stay, but it cannot end its own fence, speak in a chat
/// template's control tokens, or hide anything in characters that no reader sees.
/// </summary>
static partial class HostileText
{
    /// <summary>Longer texts lose their middle: a judge's context is finite, and openings and endings tell most.</summary>
    internal const int MostCharacters = 16_000;

    const int KeptAtEnd = 4_000;
    const string MarkerGone = "[marker]";

    /// <summary>The text, harmless to the judge.</summary>
    public static string Neutral(string text, string marker)
    {
        var visible = Shortened(Visible(text));
        var fenceless = LongBrackets().Replace(visible, match => match.Value[..2]);
        var tokenless = ControlTokens().Replace(fenceless, match => match.Value.Insert(1, " "));
        return tokenless.Replace(marker, MarkerGone, StringComparison.OrdinalIgnoreCase);
    }

    static string Shortened(string text) => text.Length <= MostCharacters
        ? text
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{text.AsSpan(0, MostCharacters - KeptAtEnd)}\n[{text.Length - MostCharacters} characters in the middle are left out]\n{text.AsSpan(text.Length - KeptAtEnd)}");

    // Joiners shape letters and emoji; every other format character only hides or turns text round.
    static string Visible(string text)
    {
        var visible = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            var isHidden = category == UnicodeCategory.Format && rune.Value is not (0x200C or 0x200D);
            if (rune.Value is '\n' or '\t' || (category != UnicodeCategory.Control && !isHidden))
                visible.Append(rune);
        }

        return visible.ToString();
    }

    [GeneratedRegex("<{3,}|>{3,}")]
    private static partial Regex LongBrackets();

    // The tokens of the common chat templates: ChatML, Llama 2 and 3, Gemma, Phi, Mistral, DeepSeek with its full-width bars, and the end-of-text
    // of older ones.
    [GeneratedRegex(
        @"<[|\uFF5C]|\[/?SYSTEM_PROMPT\]|\[/?INST\]|\[/?(?:AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS)\]|<</?SYS>>|</?s>|<(?:start|end)_of_turn>|<(?:bos|eos|pad|unk)>|</?(?:think|tool_call|tool_response)>",
        RegexOptions.IgnoreCase)]
    private static partial Regex ControlTokens();
}
