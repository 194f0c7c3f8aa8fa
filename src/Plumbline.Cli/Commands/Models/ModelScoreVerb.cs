using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.AI;
using Plumbline.Cli.Choices;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Providers.Models;
using Plumbline.Reports.Text;
using Plumbline.Transformers.Generation;

namespace Plumbline.Cli.Commands.Models;

/// <summary>Tells how likely a model finds an answer.</summary>
internal sealed class ModelScoreVerb : Verb
{
    private readonly Argument<string> _model = new("MODEL") { Description = "bob, a checkpoint folder or a GGUF file, with +ADAPTER if need be." };
    private readonly Option<string> _prompt = new("--prompt") { Description = "What is asked, or with --plain, what goes before.", HelpName = "TEXT", Required = true };
    private readonly Option<string> _answer = new("--answer") { Description = "The answer to score.", HelpName = "TEXT", Required = true };
    private readonly Option<bool> _plain = new("--plain") { Description = "Without a chat template." };

    public ModelScoreVerb()
        : base("score", "Tell the log-probability of an answer, a token a line.", "plumb model score bob --prompt \"How do I bake bread?\" --answer \"I'm sorry\"")
    {
        Arguments.Add(_model);
        foreach (var option in new Option[] { _prompt, _answer, _plain }) Options.Add(option);
    }

    public override async Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        using var model = ModelOpener.Load(LocalModel.Parse(arguments.GetValue(_model)!));
        using var scorer = new SequenceScorer(model, Environment.ProcessorCount);
        var prompt = arguments.GetValue(_prompt)!;
        var answer = arguments.GetValue(_answer)!;
        var score = await Task.Run(
            () => arguments.GetValue(_plain) ? scorer.ScoreText(prompt, answer, cancellationToken) : scorer.Score([new ChatMessage(ChatRole.User, prompt)], answer, cancellationToken),
            cancellationToken);

        foreach (var (token, probability) in score.Tokens.Zip(score.LogProbabilities))
            screen.Line(string.Create(CultureInfo.InvariantCulture, $"{probability,9:0.0000}  {VisibleText.Plain(model.Tokenizer.Decode([token], skipSpecial: false)).ReplaceLineEndings("⏎")}"));
        screen.Line(string.Create(CultureInfo.InvariantCulture, $"{score.Sum,9:0.0000}  in all; perplexity {score.Perplexity:0.###}; {score.GreedyMatches} of {score.Tokens.Count} tokens are the likeliest at their place"));
        return ExitCode.Fine;
    }
}
