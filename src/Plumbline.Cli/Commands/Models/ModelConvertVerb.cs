using System.CommandLine;
using Plumbline.Cli.Choices;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Providers.Models;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Cli.Commands.Models;

/// <summary>Writes a model in another format.</summary>
internal sealed class ModelConvertVerb : Verb
{
    private readonly Argument<string> _model = new("MODEL") { Description = "bob, a checkpoint folder or a GGUF file, with +ADAPTER if need be." };
    private readonly Argument<string> _target = new("TARGET") { Description = "A folder that does not exist yet, or a .gguf file." };
    private readonly Option<string?> _type = new("--type") { Description = "Store matrices of a .gguf file as F32, F16, BF16 or Q8_0. Default: as they are.", HelpName = "TYPE" };

    public ModelConvertVerb()
        : base(
            "convert",
            "Write a model as a checkpoint folder or a GGUF file; an adapter is merged.",
            "plumb model convert ./llama ./llama.gguf",
            "plumb model convert ./llama ./llama-q8.gguf --type Q8_0",
            "plumb model convert ./llama+./tuned ./llama-tuned")
    {
        Arguments.Add(_model);
        Arguments.Add(_target);
        Options.Add(_type);
    }

    public override async Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        var target = Target(arguments.GetValue(_target), "TARGET");
        if (Path.Exists(target)) throw new UsageException($"'{target}' exists already. Give a path that does not, so that nothing is overwritten.");

        var type = NamedValue.Choose<DType>("type", arguments.GetValue(_type), type => type.ToString());
        var isGguf = Path.GetExtension(target).Equals(".gguf", StringComparison.OrdinalIgnoreCase);
        if (type is not null && !isGguf) throw new UsageException("--type is for .gguf files; a checkpoint folder keeps the types that the model has.");

        using var model = ModelOpener.Load(LocalModel.Parse(arguments.GetValue(_model)!));
        await screen.ProgressAsync("converting", WritePace.Unit, pace => Task.Run(() =>
        {
            ModelConverter.Convert(model, target, type, new WritePace(pace), cancellationToken);
            return target;
        }, cancellationToken));
        screen.Line($"Wrote {target}");
        return ExitCode.Fine;
    }
}
