namespace Plumbline.Reports.Formats;

/// <summary>The formats by the names that a command line takes, and the files they are written to.</summary>
public static class ReportFormats
{
    private static readonly (ReportFormat Format, string Name, string FileName)[] Known =
    [
        (ReportFormat.Html, "html", "report.html"),
        (ReportFormat.Markdown, "md", "report.md"),
        (ReportFormat.Json, "json", "report.json"),
        (ReportFormat.JUnit, "junit", "report.junit.xml"),
        (ReportFormat.Sarif, "sarif", "report.sarif"),
    ];

    /// <summary>The names, the commonest first.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(known => known.Name)];

    /// <summary>The format of a name, whatever its case, or null where there is none.</summary>
    public static ReportFormat? Named(string name) => Known
        .Where(known => string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase))
        .Select(known => (ReportFormat?)known.Format)
        .FirstOrDefault();

    /// <summary>The name of the file that a report of this format is written to where the user gives none.</summary>
    public static string FileName(ReportFormat format) => Known.First(known => known.Format == format).FileName;

    /// <summary>The format that a file's name asks for by its ending, or null.</summary>
    public static ReportFormat? OfFile(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".html" or ".htm" => ReportFormat.Html,
        ".md" or ".markdown" => ReportFormat.Markdown,
        ".json" => ReportFormat.Json,
        ".xml" => ReportFormat.JUnit,
        ".sarif" => ReportFormat.Sarif,
        _ => null,
    };
}
