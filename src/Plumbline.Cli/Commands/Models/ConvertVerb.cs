using System.CommandLine;
using Plumbline.Cli.Choices;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Providers.Models;

namespace Plumbline.Cli.Commands.Models;

/// <summary>Writes a model in another format.</summary>
internal sealed class ConvertVerb : Verb
{
    private readonly Argument<string> _model = new("MODEL") { Description = "bob, a checkpoint folder or a GGUF file, with +ADAPTER if need be." };
    private readonly Argument<string> _target = new("TARGET") { Description = "A folder that does not exist yet, or a .gguf file." };

    public ConvertVerb()
        : base(
            "convert",
            "Write a model as a checkpoint folder or a GGUF file; an adapter is merged.",
            "plumb model convert ./llama ./llama.gguf",
            "plumb model convert ./llama+./tuned ./llama-tuned")
    {
        Arguments.Add(_model);
        Arguments.Add(_target);
    }

    public override async Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        var target = arguments.GetValue(_target)!;
        if (Path.Exists(target)) throw new UsageException($"'{target}' exists already. Give a path that does not, so that nothing is overwritten.");

        using var model = ModelOpener.Load(LocalModel.Parse(arguments.GetValue(_model)!));
        await Task.Run(() => model.Save(target, cancellationToken), cancellationToken);
        screen.Line($"Wrote {target}");
        return ExitCode.Fine;
    }
}
