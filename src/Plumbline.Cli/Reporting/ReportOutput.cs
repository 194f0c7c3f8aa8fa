using System.CommandLine;
using Plumbline.Cli.Choices;
using Plumbline.Cli.Exits;
using Plumbline.Configuration.Values;
using Plumbline.Reports.Formats;

namespace Plumbline.Cli.Reporting;

/// <summary>The options <c>--format</c> and <c>-o</c> of a verb that writes reports.</summary>
/// <param name="name">What the files are called before their ending.</param>
/// <param name="whereElse">Where they go without <c>-o</c>, for the help.</param>
internal sealed class ReportOutput(string name, string whereElse)
{
    private readonly Option<string[]> _formats = new("--format", "-f") { Description = "html, md (a pull-request comment), json, junit or sarif; several with commas between, or the option again. Default: what -o ends in, else html.", HelpName = "FORMAT", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _output = new("--output", "-o") { Description = $"The file, or the folder for several formats; '-' for standard output. Default: {whereElse}.", HelpName = "PATH" };

    private readonly Option<bool> _force = Overwriting.Option();

    public IReadOnlyList<Option> Options => [_formats, _output, _force];

    /// <summary>What is asked for.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="usual">The folder without <c>-o</c>; null for none, where a format alone says that the working folder is meant.</param>
    /// <param name="own">The folder of a run: reports in it, by their usual names, are the run's own and written anew; null for none.</param>
    /// <exception cref="UsageException">It asks for what there is not, for several files in one place, or for one that is there already.</exception>
    public ReportTargets Read(ParseResult arguments, string? usual, string? own = null)
    {
        List<string> names = [.. (arguments.GetValue(_formats) ?? []).SelectMany(ListText.Split)];
        var output = arguments.GetValue(_output);
        if (output is { } path && string.IsNullOrWhiteSpace(path)) throw new UsageException("-o is empty; it must be a path. Was a variable of the shell not set?");

        if (names.FirstOrDefault(format => format.StartsWith('-')) is { } unknown) throw NearestName.Unknown("option", unknown, Options.Select(option => option.Name));

        if (output is null && usual is null && names.Count == 0) return new ReportTargets([], null, name);

        var formats = names.Count > 0
            ? names.Select(format => ReportFormats.Named(format) ?? throw NearestName.Unknown("format", format, ReportFormats.Names)).Distinct().ToList()
            : [output is null || ReportTargets.IsFolder(output) ? ReportFormat.Html : ReportFormats.OfFile(output) ?? ReportFormat.Html];
        if (formats.Count > 1 && output == ReportTargets.StandardOutput) throw new UsageException("Only one format fits on standard output. Give -o a folder, or one --format.");

        var targets = new ReportTargets(formats, output ?? usual ?? ".", name);
        foreach (var file in targets.Files.Where(file => !targets.IsIn(own, file))) Overwriting.Require(file, arguments.GetValue(_force));
        return targets;
    }
}
