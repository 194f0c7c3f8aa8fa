using Plumbline.Audits;
using Plumbline.Configuration;
using Plumbline.Configuration.Audits;
using Plumbline.Configuration.Runs;
using Plumbline.Configuration.Sources;
using Plumbline.Reports.Audits;
using Plumbline.Suites;

namespace Plumbline.Cli.Reporting;

/// <summary>Where the cases of a run can be looked at, as far as its folder says what it was started with.</summary>
internal static class RunPlaces
{
    /// <summary>The places of a run, from the working folder on.</summary>
    /// <param name="folder">The folder of the run, or of its <c>audit.json</c>; null for none.</param>
    /// <param name="environment">Resolves references.</param>
    /// <param name="tell">Is told why the suites' files cannot be named any more; their cases are found in <c>audit.json</c>.</param>
    public static CasePlaces Of(string? folder, Func<string, string?> environment, Action<string> tell)
    {
        var document = folder is null ? null : Path.Combine(folder, AuditFile.Name);
        return new CasePlaces(Directory.GetCurrentDirectory(), folder is null ? [] : Files(folder, environment, tell), File.Exists(document) ? document : null);
    }

    /// <summary>Whoever writes a report need not have the variables that the run was started with.</summary>
    private static IReadOnlyList<(string Path, string? Column)> Files(string folder, Func<string, string?> environment, Action<string> tell)
    {
        try
        {
            return RunSettings.Read(folder) is { } stored ? [.. Files(new AuditSettings(new Layers([stored], new References(environment))))] : [];
        }
        catch (ConfigurationException exception)
        {
            tell($"The results point at no lines of the suites' files: {exception.Message}");
            return [];
        }
    }

    private static IEnumerable<(string Path, string? Column)> Files(AuditSettings settings) =>
        from suite in settings.Suites
        where !BuiltInSuites.Names.Contains(suite.Name, StringComparer.Ordinal)
        let isCsv = Path.GetExtension(suite.Name).Equals(".csv", StringComparison.OrdinalIgnoreCase)
        select (suite.Name, isCsv ? suite.Column ?? settings.Column : null);
}
