using Plumbline.Cli.Exits;
using Plumbline.Configuration.Audits;
using Plumbline.Configuration.Sources;
using Plumbline.Suites;

namespace Plumbline.Cli.Choices;

/// <summary>The suite that is configured.</summary>
internal static class SuiteChoice
{
    /// <summary>One suite, or several as one. A column that none of them names is meant for every CSV file among them.</summary>
    public static Suite Load(IReadOnlyList<SuiteSetting> chosen, string? column)
    {
        if (chosen is [var single]) return Load(single, single.Column ?? column);

        if (chosen.GroupBy(suite => suite.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any()) is { } twice)
            throw twice.Last().Given.Because("suites", $"--suite names '{twice.Key}' twice. To ask its prompts several times, use --repeats.");
        if (column is not null && !chosen.Any(suite => IsCsv(suite.Name)))
            throw new UsageException($"--column is for CSV files; none of {string.Join(", ", chosen.Select(suite => suite.Name))} is one.");

        return Suite.Combine([.. chosen.Select(suite => Load(suite, suite.Column ?? (IsCsv(suite.Name) ? column : null)))]);
    }

    private static Suite Load(SuiteSetting suite, string? column) => AtItsPlace.Find("suites", suite.Given, () => Load(suite.Name, column, isOfRun: suite.Given.Origin.Kind == OriginKind.Run));

    /// <summary>A built-in suite by its name, or a file by its path; <paramref name="isOfRun"/> where a run that was begun with it goes on.</summary>
    public static Suite Load(string name, string? column, bool isOfRun = false)
    {
        if (BuiltInSuites.Names.Contains(name, StringComparer.Ordinal))
            return column is null ? BuiltInSuites.Load(name) : throw new UsageException($"--column is for CSV files; '{name}' is a built-in suite.");

        var looksLikeFile = File.Exists(name) || name.Contains('/') || name.Contains('\\') || Path.HasExtension(name);
        return looksLikeFile ? SuiteFile.Read(name, column, isOfRun: isOfRun) : throw NearestName.Unknown("suite", name, BuiltInSuites.Names, "A file is named by its path: .jsonl, or .csv with --column.");
    }

    private static bool IsCsv(string name) => Path.GetExtension(name).Equals(".csv", StringComparison.OrdinalIgnoreCase);
}
