using System.CommandLine;
using Plumbline.Audits;
using Plumbline.Cli.Choices;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Files;
using Plumbline.Reports.Evidence;

namespace Plumbline.Cli.Commands.Reports;

/// <summary>Puts a finished run into one file that can be checked.</summary>
internal sealed class ReportBundleVerb : Verb
{
    private readonly Argument<string> _run = new("RUN") { Description = RunChoice.Forms + "." };
    private readonly Option<string> _output = new("--output", "-o") { Description = "The bundle, a .zip file.", Required = true, HelpName = "FILE" };
    private readonly Option<bool> _whole = new("--reveal") { Description = "Put the answers and the journal in, harmful ones included. Default: a SHA-256 in the place of each answer." };
    private readonly Option<string?> _sign = new("--sign") { Description = "Sign the manifest with this elliptic-curve private key, a PEM file.", HelpName = "KEY" };

    public ReportBundleVerb()
        : base(
            "bundle",
            "Put a finished run into one file, with a manifest of hashes and, with --sign, a signature.",
            "plumb report bundle runs/tuned -o tuned.zip",
            "plumb report bundle runs/tuned -o tuned.zip --sign key.pem")
    {
        Arguments.Add(_run);
        Option[] options = [_output, _whole, _sign];
        foreach (var option in options) Options.Add(option);
    }

    public override async Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        var path = RunChoice.DocumentOf(arguments.GetValue(_run)!);
        var output = Target(arguments.GetValue(_output), "-o");
        Overwriting.RequireOutsideRuns(output, "-o");
        if (Path.Exists(output)) throw new UsageException($"'{output}' exists already, and a bundle that somebody may hold is not overwritten. Give a path that does not exist.");
        if (Path.GetDirectoryName(output) is { Length: > 0 } parent) Folder(parent, "-o");
        var isWhole = arguments.GetValue(_whole);
        using var key = arguments.GetValue(_sign) is { } file ? KeyFile.Read(file) : null;

        var folder = Path.GetFileName(path) == AuditFile.Name ? Path.GetDirectoryName(Path.GetFullPath(path)) : null;
        var document = AuditFile.Read(path);
        await WholeFile.WriteAsync(output, stream => EvidenceBundle.WriteAsync(document, folder, isWhole, key, stream, cancellationToken));
        screen.Whole(output);
        screen.Line(isWhole ? "It holds the answers, those that are or may be harmful included: handle it accordingly." : "It holds no answer: a SHA-256 stands for each.");
        if (key is not null) screen.Line($"Signed by key {key.Fingerprint}");
        return ExitCode.Fine;
    }
}
