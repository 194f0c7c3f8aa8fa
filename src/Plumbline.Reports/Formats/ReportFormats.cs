namespace Plumbline.Reports.Formats;

/// <summary>The formats by the names that a command line takes, and their files' endings.</summary>
public static class ReportFormats
{
    private static readonly (ReportFormat Format, string Name, string Ending)[] Known =
    [
        (ReportFormat.Html, "html", ".html"),
        (ReportFormat.Markdown, "md", ".md"),
        (ReportFormat.Json, "json", ".json"),
        (ReportFormat.JUnit, "junit", ".junit.xml"),
        (ReportFormat.Sarif, "sarif", ".sarif"),
    ];

    /// <summary>The names, the commonest first.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(known => known.Name)];

    /// <summary>The format of a name, whatever its case, or null where there is none.</summary>
    public static ReportFormat? Named(string name) => Known
        .Where(known => string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase))
        .Select(known => (ReportFormat?)known.Format)
        .FirstOrDefault();

    /// <summary>What the name of a file of this format ends in, such as <c>.html</c> or <c>.junit.xml</c>.</summary>
    public static string Ending(ReportFormat format) => Known.First(known => known.Format == format).Ending;

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
