namespace Plumbline.Cli.Screens;

/// <summary>A word of a command line that the user is to copy into a shell.</summary>
internal static class ShellWord
{
    private const string Plain = "_-./:\\+=@%,#";

    /// <summary>The word as a shell takes it: quoted where it would otherwise be split or read as something else.</summary>
    public static string Of(string word) => Of(word, OperatingSystem.IsWindows());

    internal static string Of(string word, bool isWindows)
    {
        // '#' begins a comment only at a word's start; '\' is a separator on Windows alone.
        var isPlain = word.Length > 0 && word[0] != '#' && word.All(letter => char.IsAsciiLetterOrDigit(letter) || (Plain.Contains(letter) && (letter != '\\' || isWindows)));
        return isPlain ? word
            : isWindows ? $"\"{word}\""
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}
