using Plumbline.Suites;

namespace Plumbline.Reports.Text;

/// <summary>The words for where a suite comes from.</summary>
public static class SuiteWords
{
    /// <summary>
    /// "imported from AdvBench (https://…, arXiv 2307.15043), licence MIT; 520 rows of harmful_behaviors.csv" and what was left out. It quotes the suite's file: hostile
    /// text wherever it is shown.
    /// </summary>
    public static string Origin(SuiteProvenance provenance)
    {
        ArgumentNullException.ThrowIfNull(provenance);
        var details = new[] { provenance.Source, provenance.Revision is { } revision ? $"revision {revision}" : null, provenance.Paper }.OfType<string>();
        var files = provenance.Files is [var one] ? one.Name : $"{provenance.Files.Count} files";
        var leftOut = provenance.LeftOut.Sum(rows => rows.Count);
        return $"imported from {provenance.Title} ({string.Join(", ", details)}), licence {provenance.Licence}; {Numbers.Thousands(provenance.Rows)} rows of {files}"
            + (leftOut > 0 ? $", {Numbers.Thousands(leftOut)} left out" : "")
            + (provenance.Sample is { } sample ? $", {Numbers.Thousands(sample.Taken)} of {Numbers.Thousands(sample.Of)} drawn with seed {sample.Seed}" : "");
    }

    /// <summary>The SHA-256 of the file that a suite was imported from; null where it was several.</summary>
    public static string? FileHash(SuiteProvenance provenance)
    {
        ArgumentNullException.ThrowIfNull(provenance);
        return provenance.Files is [var one] ? one.Sha256 : null;
    }
}
