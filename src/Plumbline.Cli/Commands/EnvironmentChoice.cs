using System.CommandLine;
using System.CommandLine.Parsing;
using Plumbline.Configuration.Sources;

namespace Plumbline.Cli.Commands;

/// <summary>The files with variables that a command line is run with: those that <c>--env-file</c> names, or else the <c>.env</c> beside its
/// <c>plumbline.yaml</c>.</summary>
internal static class EnvironmentChoice
{
    /// <summary>The option, for every verb.</summary>
    public static Option<string[]> Option() => new("--env-file") { Description = $"A file with variables of the environment, NAME=value a line; several by the option again, the later one counts. Default: {EnvironmentFile.Name} beside the settings' file, or in the working folder.", HelpName = "FILE", Recursive = true };

    /// <summary>The files of a parsed command line.</summary>
    public static IReadOnlyList<string> Of(ParseResult parsed, PlumbCommand root)
    {
        if (parsed.GetResult(root.EnvironmentFiles) is { Implicit: false } named) return [.. named.Tokens.Select(token => token.Value)];

        // A folder of this name is a virtual environment of Python's.
        var usual = Path.Combine(FolderOf(parsed), EnvironmentFile.Name);
        return File.Exists(usual) ? [usual] : [];
    }

    private static string FolderOf(ParseResult parsed)
    {
        var config = parsed.CommandResult.Command.Options.FirstOrDefault(option => option.Name == ConfiguredVerb.ConfigOption);
        var path = config is null || parsed.GetResult(config) is not OptionResult { Tokens: [var token] } ? null : token.Value;
        return string.IsNullOrEmpty(path) ? "" : Path.GetDirectoryName(path) ?? "";
    }
}
