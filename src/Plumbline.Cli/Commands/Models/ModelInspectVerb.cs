using System.CommandLine;
using Plumbline.Cli.Choices;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Summaries;
using Plumbline.Providers.Models;

namespace Plumbline.Cli.Commands.Models;

/// <summary>Tells what a local model is.</summary>
internal sealed class ModelInspectVerb : Verb
{
    private readonly Argument<string> _model = new("MODEL") { Description = "bob, a checkpoint folder or a GGUF file, with +ADAPTER if need be." };

    public ModelInspectVerb()
        : base("inspect", "Tell a model's architecture, sizes, tokenizer, template and identity.", "plumb model inspect bob", "plumb model inspect ./llama.gguf+./adapter") =>
        Arguments.Add(_model);

    public override Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        using var model = ModelOpener.Load(LocalModel.Parse(arguments.GetValue(_model)!));
        foreach (var (name, value) in ModelSummary.Of(model)) screen.Sentence(value, $"{name,-14} ");
        return Task.FromResult(ExitCode.Fine);
    }
}
