using System.Text;
using Plumbline.Audits;
using Plumbline.Cli.Choices;
using Plumbline.Cli.Screens;
using Plumbline.Files;
using Plumbline.Reports.Audits;
using Plumbline.Reports.Formats;

namespace Plumbline.Cli.Reporting;

/// <summary>Which reports to write, and where.</summary>
/// <param name="Formats">The formats; none where nothing is to be written.</param>
/// <param name="Output">A file, a folder, or '-' for standard output.</param>
/// <param name="Name">What files in a folder are called before their ending.</param>
internal sealed record ReportTargets(IReadOnlyList<ReportFormat> Formats, string? Output, string Name)
{
    public const string StandardOutput = "-";

    public bool IsStandardOutput => Output == StandardOutput;

    /// <summary>The file for each format, in order; none for standard output.</summary>
    public IReadOnlyList<string> Files => IsStandardOutput ? [] : [.. Formats.Select(FileFor)];

    /// <summary>Whether a file is the one that a report of its format is called in a folder.</summary>
    public bool IsIn(string? folder, string path) => folder is not null && Formats.Any(format => Path.GetFullPath(path) == Path.GetFullPath(Path.Combine(folder, NameOf(format))));

    /// <summary>Whether a path names a folder: one that is there, or that ends in a separator.</summary>
    public static bool IsFolder(string path) => Directory.Exists(path) || Path.EndsInDirectorySeparator(path);

    /// <summary>Writes each report, whole or not at all, and returns the files.</summary>
    public async Task<IReadOnlyList<string>> WriteAsync(AuditDocument document, ReportOptions options, Screen screen, CancellationToken cancellationToken) =>
        (await WriteAsync(document, options, screen, isCurrent: () => true, cancellationToken))!;

    /// <summary>The same of a document that another may take the place of meanwhile; null where one has, and then the report under way is not put in its place.</summary>
    public async Task<IReadOnlyList<string>?> WriteAsync(AuditDocument document, ReportOptions options, Screen screen, Func<bool> isCurrent, CancellationToken cancellationToken)
    {
        if (IsStandardOutput)
        {
            using var memory = new MemoryStream();
            await ReportWriter.WriteAsync(document, Formats[0], options, memory, cancellationToken);
            screen.Write(Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length));
            return [];
        }

        var files = Files;
        foreach (var (format, path) in Formats.Zip(files))
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } parent) TargetFolder.Make(parent, "-o");
            if (!await WholeFile.WriteAsync(path, stream => ReportWriter.WriteAsync(document, format, options, stream, cancellationToken), isCurrent)) return null;
        }

        return files;
    }

    private string FileFor(ReportFormat format) => Formats.Count == 1 && !IsFolder(Output!) ? Output! : Path.Combine(Output!, NameOf(format));

    private string NameOf(ReportFormat format) => Name + ReportFormats.Ending(format);
}
