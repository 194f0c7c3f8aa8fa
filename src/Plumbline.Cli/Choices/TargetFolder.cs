using Plumbline.Cli.Exits;

namespace Plumbline.Cli.Choices;

/// <summary>The folder that a result goes into.</summary>
internal static class TargetFolder
{
    /// <summary>Makes it before any work is spent on the result.</summary>
    /// <exception cref="UsageException">It cannot be made.</exception>
    public static string Make(string folder, string option)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The folder '{folder}' cannot be made: {exception.Message} Give another one with {option}.");
        }

        return folder;
    }
}
