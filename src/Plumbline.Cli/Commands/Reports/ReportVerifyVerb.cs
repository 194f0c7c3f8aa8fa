using System.CommandLine;
using Plumbline.Cli.Choices;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Files;
using Plumbline.Reports.Evidence;
using Plumbline.Reports.Text;

namespace Plumbline.Cli.Commands.Reports;

/// <summary>Checks a bundle.</summary>
internal sealed class ReportVerifyVerb : Verb
{
    private readonly Argument<string> _bundle = new("FILE") { Description = "A bundle that 'plumb report bundle' wrote." };
    private readonly Option<string?> _publicKey = new("--public-key") { Description = "The key that must have signed it, a PEM file.", HelpName = "KEY" };

    public ReportVerifyVerb()
        : base(
            "verify",
            "Say whether every byte of a bundle is as it was written, and who signed it.",
            "plumb report verify tuned.zip",
            "plumb report verify tuned.zip --public-key key.pub.pem")
    {
        Arguments.Add(_bundle);
        Options.Add(_publicKey);
    }

    public override Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        var path = arguments.GetValue(_bundle)!;
        if (!File.Exists(path)) throw new UsageException($"There is no file '{path}'.");
        if (FileKind.Special(path) is { } kind) throw new UsageException($"'{path}' is {kind}, and a bundle is read back and forth. Copy it into a file first.");
        using var key = arguments.GetValue(_publicKey) is { } file ? KeyFile.Read(file) : null;
        using var stream = File.OpenRead(path);

        var found = EvidenceCheck.Run(stream, path, key, cancellationToken);
        foreach (var problem in found.Problems) screen.Line(problem);
        if (found.Problems.Count > 0)
        {
            screen.Line(ExitMeaning.LastLine(ExitCode.Failure));
            return Task.FromResult(ExitCode.Failure);
        }

        screen.Line($"{found.Manifest.Files.Count} files, every byte as it was written; answers {found.Manifest.Answers}.");
        screen.Line($"Run {VisibleText.OneLine(found.Manifest.RunId, 64)}, finished {found.Manifest.FinishedAt.UtcDateTime:yyyy-MM-dd HH:mm}{TimeWords.After(found.Manifest.JudgedAt, found.Manifest.LabelledAt, "yyyy-MM-dd HH:mm")} UTC, Plumbline {VisibleText.OneLine(found.Manifest.ToolVersion, 40)}");
        screen.Line(VisibleText.OneLine(found.Manifest.Verdict, 1000));
        screen.Line(found switch
        {
            { SignedBy: { } signer, IsKnownSigner: true } => $"Signed by the key given, {signer}.",
            { SignedBy: { } signer } => $"Signed by key {signer}. Whose that is only --public-key can tell: anybody can sign with a key of their own.",
            _ => "Not signed: whoever changed the files could have changed the manifest with them.",
        });
        return Task.FromResult(ExitCode.Fine);
    }
}
