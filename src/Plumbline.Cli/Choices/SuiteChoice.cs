using Plumbline.Cli.Exits;
using Plumbline.Suites;

namespace Plumbline.Cli.Choices;

/// <summary>The suite that <c>--suite</c> names.</summary>
internal static class SuiteChoice
{
    /// <summary>A built-in suite by its name, or a file by its path.</summary>
    public static Suite Load(string name, string? column)
    {
        if (BuiltInSuites.Names.Contains(name, StringComparer.Ordinal))
            return column is null ? BuiltInSuites.Load(name) : throw new UsageException($"--column is for CSV files; '{name}' is a built-in suite.");

        var looksLikeFile = File.Exists(name) || name.Contains('/') || name.Contains('\\') || Path.HasExtension(name);
        return looksLikeFile ? SuiteFile.Read(name, column) : throw NearestName.Unknown("suite", name, BuiltInSuites.Names, "A file is named by its path: .jsonl, or .csv with --column.");
    }
}
