using System.CommandLine;
using Plumbline.Audits;
using Plumbline.Cli.Choices;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Files;
using Plumbline.Reports.Audits;
using Plumbline.Reports.Formats;

namespace Plumbline.Cli.Commands;

/// <summary>Writes a finished run in one or more formats.</summary>
internal sealed class ReportVerb : Verb
{
    private const string StandardOutput = "-";

    private readonly Argument<string> _run = new("RUN") { Description = RunChoice.Forms + "." };
    private readonly Option<string[]> _formats = new("--format", "-f") { Description = "html, md (a pull-request comment), json, junit or sarif; repeatable. Default: what -o ends in, else html.", HelpName = "FORMAT", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _output = new("--output", "-o") { Description = "The file, or the folder for several formats; '-' for standard output. Default: into the run's folder.", HelpName = "PATH" };
    private readonly Option<bool> _reveal = new("--reveal") { Description = "Write answers that are or may be harmful, too (html, json and sarif)." };

    public ReportVerb()
        : base(
            "report",
            "Write a finished run as a page, a pull-request comment, JUnit XML, SARIF or JSON.",
            "plumb report runs/tuned",
            "plumb report runs/tuned --format md -o -",
            "plumb report runs/tuned --format html --format junit --format sarif -o public/")
    {
        Arguments.Add(_run);
        Option[] options = [_formats, _output, _reveal];
        foreach (var option in options) Options.Add(option);
    }

    public override async Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        var path = RunChoice.DocumentOf(arguments.GetValue(_run)!);
        var output = arguments.GetValue(_output);
        if (output is not null) Target(output, "-o");
        var formats = Formats(arguments.GetValue(_formats) ?? [], output);
        var options = new ReportOptions(Reveal: arguments.GetValue(_reveal));
        var document = AuditFile.Read(path);

        if (output == StandardOutput)
        {
            if (formats.Count > 1) throw new UsageException("Only one format fits on standard output. Give -o a folder, or one --format.");
            using var memory = new MemoryStream();
            await ReportWriter.WriteAsync(document, formats[0], options, memory, cancellationToken);
            screen.Write(System.Text.Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length));
            return ExitCode.Fine;
        }

        foreach (var format in formats)
        {
            var file = FileFor(format, output, path, formats.Count);
            await WholeFile.WriteAsync(file, stream => ReportWriter.WriteAsync(document, format, options, stream, cancellationToken));
            screen.Line(file);
        }

        return ExitCode.Fine;
    }

    private static IReadOnlyList<ReportFormat> Formats(string[] names, string? output)
    {
        if (names.Length == 0) return [output is null || IsFolder(output) ? ReportFormat.Html : ReportFormats.OfFile(output) ?? ReportFormat.Html];

        return [.. names.Select(name => ReportFormats.Named(name) ?? throw NearestName.Unknown("format", name, ReportFormats.Names)).Distinct()];
    }

    /// <summary>Where a report goes: the very file that is named, or its usual name in a folder.</summary>
    private static string FileFor(ReportFormat format, string? output, string document, int formats)
    {
        if (output is not null && formats == 1 && !IsFolder(output))
        {
            if (Path.GetDirectoryName(output) is { Length: > 0 } parent) Folder(parent, "-o");
            return output;
        }

        var folder = output is null ? Path.GetDirectoryName(Path.GetFullPath(document))! : Folder(output, "-o");
        return Path.Combine(folder, ReportFormats.FileName(format));
    }

    private static bool IsFolder(string output) => Directory.Exists(output) || Path.EndsInDirectorySeparator(output);
}
