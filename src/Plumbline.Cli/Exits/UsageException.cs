namespace Plumbline.Cli.Exits;

/// <summary>The command line asks for something that cannot be done as asked. The message says what would work.</summary>
internal sealed class UsageException(string message) : Exception(message);
