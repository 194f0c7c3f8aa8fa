namespace Plumbline.Cli.Screens;

/// <summary>Standard output cannot be written: what is behind <c>&gt;</c> or <c>|</c> is full or gone.</summary>
/// <param name="inner">What the system says.</param>
internal sealed class OutputException(Exception inner) : Exception(
    $"Standard output cannot be written: {inner.Message.TrimEnd('.')}. Send it somewhere else (it goes where '>' or '|' says), and run the same command again; what is finished in files is kept.", inner);
