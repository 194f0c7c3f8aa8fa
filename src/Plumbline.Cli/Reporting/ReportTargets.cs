using System.Text;
using Plumbline.Audits;
using Plumbline.Cli.Exits;
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

    /// <summary>Whether a path names a folder: one that is there, or that ends in a separator.</summary>
    public static bool IsFolder(string path) => Directory.Exists(path) || Path.EndsInDirectorySeparator(path);

    /// <summary>Writes each report, whole or not at all, and returns the files.</summary>
    public async Task<IReadOnlyList<string>> WriteAsync(AuditDocument document, ReportOptions options, Screen screen, CancellationToken cancellationToken)
    {
        if (IsStandardOutput)
        {
            using var memory = new MemoryStream();
            await ReportWriter.WriteAsync(document, Formats[0], options, memory, cancellationToken);
            screen.Write(Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length));
            return [];
        }

        var files = Formats.Select(format => (Format: format, Path: FileFor(format))).ToList();
        foreach (var (format, path) in files)
            await WholeFile.WriteAsync(path, stream => ReportWriter.WriteAsync(document, format, options, stream, cancellationToken));
        return [.. files.Select(file => file.Path)];
    }

    private string FileFor(ReportFormat format)
    {
        if (Formats.Count == 1 && !IsFolder(Output!))
        {
            if (Path.GetDirectoryName(Output) is { Length: > 0 } parent) Make(parent);
            return Output!;
        }

        Make(Output!);
        return Path.Combine(Output!, Name + ReportFormats.Ending(format));
    }

    private static void Make(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The folder '{folder}' cannot be made: {exception.Message} Give another one with -o.");
        }
    }
}
