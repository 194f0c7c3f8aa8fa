using Plumbline.Audits;
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
    public static CasePlaces Of(string? folder, Func<string, string?> environment)
    {
        var stored = folder is null ? null : RunSettings.Read(folder);
        var settings = stored is null ? null : new AuditSettings(new Layers([stored], new References(environment)));
        var document = folder is null ? null : Path.Combine(folder, AuditFile.Name);
        return new CasePlaces(Directory.GetCurrentDirectory(), settings is null ? [] : Files(settings), File.Exists(document) ? document : null);
    }

    private static IEnumerable<(string Path, string? Column)> Files(AuditSettings settings) =>
        from suite in settings.Suites
        where !BuiltInSuites.Names.Contains(suite.Name, StringComparer.Ordinal)
        let isCsv = Path.GetExtension(suite.Name).Equals(".csv", StringComparison.OrdinalIgnoreCase)
        select (suite.Name, isCsv ? suite.Column ?? settings.Column : null);
}
