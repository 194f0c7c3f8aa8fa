using System.CommandLine;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Configuration.Files;
using Plumbline.Configuration.Layout;
using Plumbline.Files;

namespace Plumbline.Cli.Commands;

/// <summary>Writes a <c>plumbline.yaml</c> to start from.</summary>
internal sealed class InitVerb : Verb
{
    private readonly Option<string> _baseline = new("--baseline") { Description = "The model before fine-tuning.", HelpName = "MODEL", DefaultValueFactory = _ => "bob" };
    private readonly Option<string> _candidate = new("--candidate") { Description = "The model after fine-tuning.", HelpName = "MODEL", DefaultValueFactory = _ => "bob" };
    private readonly Option<string> _output = new("--output", "-o") { Description = "The folder to write into.", HelpName = "DIR", DefaultValueFactory = _ => "." };

    public InitVerb()
        : base("init", $"Write a commented {ConfigurationFile.Name}, and the schema that editors complete it by. Overwrites nothing.", "plumb init", "plumb init --baseline ./llama-chat --candidate ./llama-chat+./tuned")
    {
        Options.Add(_baseline);
        Options.Add(_candidate);
        Options.Add(_output);
    }

    public override Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        var folder = Folder(arguments.GetValue(_output), "-o");
        var file = Path.Combine(folder, ConfigurationFile.Name);
        if (File.Exists(file)) throw new UsageException($"There is a {file} already, and it is not overwritten. Take it away, or give another folder with -o.");

        Write(file, InitialFile.Text(arguments.GetValue(_baseline)!, arguments.GetValue(_candidate)!));
        screen.Line($"Wrote {file}.");
        var schema = Path.Combine(folder, FileSchema.Name);
        if (!File.Exists(schema))
        {
            Write(schema, FileSchema.Text);
            screen.Line($"Wrote {schema}: editors that know YAML schemas complete and check the file by it.");
        }
        else if (File.ReadAllText(schema) != FileSchema.Text)
        {
            screen.Note($"{schema} is of another version and was left as it is; without it, 'plumb init' elsewhere writes this version's.");
        }

        screen.Line("Next: 'plumb check' looks whether everything is in place, 'plumb plan' says what would be asked, 'plumb audit' asks it.");
        return Task.FromResult(ExitCode.Fine);
    }

    private static void Write(string path, string text) => WholeFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true);
        writer.Write(text);
    });
}
