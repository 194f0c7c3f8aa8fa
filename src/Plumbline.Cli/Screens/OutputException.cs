namespace Plumbline.Cli.Screens;

/// <summary>Standard output cannot be written: what is behind <c>&gt;</c> or <c>|</c> is full or gone.</summary>
/// <param name="inner">What the system says.</param>
internal sealed class OutputException(Exception inner) : Exception(
    $"Standard output cannot be written: {Why(inner)}. Send it somewhere else (it goes where '>' or '|' says), and run the same command again; what is finished in files is kept.", inner)
{
    // Where it was never opened to be written ('>&-'), the system speaks of access, as of a file.
    private static string Why(Exception inner) => inner is UnauthorizedAccessException ? "it is closed" : inner.Message.TrimEnd('.');
}
