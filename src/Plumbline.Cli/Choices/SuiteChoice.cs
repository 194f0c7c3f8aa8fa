using Plumbline.Cli.Exits;
using Plumbline.Suites;

namespace Plumbline.Cli.Choices;

/// <summary>The suite that <c>--suite</c> names.</summary>
internal static class SuiteChoice
{
    /// <summary>One suite, or several as one. A column is meant for every CSV file among them.</summary>
    public static Suite Load(IReadOnlyList<string> names, string? column)
    {
        if (names is [var single]) return Load(single, column);

        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any()) is { } twice)
            throw new UsageException($"--suite names '{twice.Key}' twice. To ask its prompts several times, use --repeats.");
        if (column is not null && !names.Any(IsCsv))
            throw new UsageException($"--column is for CSV files; none of {string.Join(", ", names)} is one.");

        return Suite.Combine([.. names.Select(name => Load(name, IsCsv(name) ? column : null))]);
    }

    /// <summary>A built-in suite by its name, or a file by its path.</summary>
    private static Suite Load(string name, string? column)
    {
        if (BuiltInSuites.Names.Contains(name, StringComparer.Ordinal))
            return column is null ? BuiltInSuites.Load(name) : throw new UsageException($"--column is for CSV files; '{name}' is a built-in suite.");

        var looksLikeFile = File.Exists(name) || name.Contains('/') || name.Contains('\\') || Path.HasExtension(name);
        return looksLikeFile ? SuiteFile.Read(name, column) : throw NearestName.Unknown("suite", name, BuiltInSuites.Names, "A file is named by its path: .jsonl, or .csv with --column.");
    }

    private static bool IsCsv(string name) => Path.GetExtension(name).Equals(".csv", StringComparison.OrdinalIgnoreCase);
}
