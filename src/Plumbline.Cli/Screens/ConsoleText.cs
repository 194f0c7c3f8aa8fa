using System.Globalization;

namespace Plumbline.Cli.Screens;

/// <summary>
/// Takes out of a text that is not ours, piece by piece as it streams, what a terminal would obey or a reader could not see. Without its escape
/// character a control sequence is but letters, so pieces may break anywhere.
/// </summary>
internal static class ConsoleText
{
    public static string Harmless(string piece) => piece.All(IsHarmless) ? piece : string.Concat(piece.Where(IsHarmless));

    /// <summary>Whether a terminal shows it, and does nothing else.</summary>
    public static bool IsHarmless(char letter) => letter is '\n' or '\t' ||
        (!char.IsControl(letter) && CharUnicodeInfo.GetUnicodeCategory(letter) is not (UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator));
}
