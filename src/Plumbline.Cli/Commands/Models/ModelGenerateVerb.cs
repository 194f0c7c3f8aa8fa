using System.CommandLine;
using Microsoft.Extensions.AI;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Providers.Models;
using Plumbline.Transformers.Generation;

namespace Plumbline.Cli.Commands.Models;

/// <summary>Streams one answer.</summary>
internal sealed class ModelGenerateVerb : Verb
{
    private readonly ModelOpener _opener;
    private readonly Argument<string> _model = new("MODEL") { Description = $"{ModelReference.Forms}." };
    private readonly Option<string> _prompt = new("--prompt") { Description = "What to ask, or with --plain, what to continue.", HelpName = "TEXT", Required = true };
    private readonly Option<string?> _system = new("--system") { Description = "A system message in front.", HelpName = "TEXT" };
    private readonly Option<bool> _plain = new("--plain") { Description = "Continue the text without a chat template (local models)." };
    private readonly Option<int> _maxTokens = new("--max-tokens") { Description = "The longest answer.", HelpName = "N", DefaultValueFactory = _ => 256 };
    private readonly Option<float> _temperature = new("--temperature") { Description = "0 takes the likeliest token each time.", HelpName = "T", DefaultValueFactory = _ => 0 };
    private readonly Option<float?> _topP = new("--top-p") { Description = "Draw from the likeliest tokens that make up this share.", HelpName = "P" };
    private readonly Option<int?> _topK = new("--top-k") { Description = "Draw from this many likeliest tokens.", HelpName = "K" };
    private readonly Option<long> _seed = new("--seed") { Description = "Seed of the draws.", HelpName = "N", DefaultValueFactory = _ => 0 };
    private readonly Option<string[]> _stop = new("--stop") { Description = "End at this text; repeatable.", HelpName = "TEXT" };

    public ModelGenerateVerb(ModelOpener opener)
        : base(
            "generate",
            "Stream a model's answer.",
            "plumb model generate bob --prompt \"How do I bake bread?\"",
            "plumb model generate ./stories --plain --prompt \"Once upon a time\" --max-tokens 200",
            "plumb model generate ./llama --prompt \"Name a colour.\" --temperature 0.8 --top-p 0.95 --seed 7")
    {
        _opener = opener;
        Arguments.Add(_model);
        foreach (var option in new Option[] { _prompt, _system, _plain, _maxTokens, _temperature, _topP, _topK, _seed, _stop }) Options.Add(option);
    }

    public override async Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        var options = new ChatOptions
        {
            MaxOutputTokens = InRange(arguments, _maxTokens, value => value >= 1, "at least 1"),
            Temperature = InRange(arguments, _temperature, value => value is >= 0 and <= 2, "0 to 2"),
            TopP = InRange(arguments, _topP, value => value is null or (> 0 and <= 1), "above 0, at most 1"),
            TopK = InRange(arguments, _topK, value => value is null or >= 1, "at least 1"),
            Seed = arguments.GetValue(_seed),
            StopSequences = arguments.GetValue(_stop),
        };
        using var opened = _opener.Open(ModelReference.Parse(arguments.GetValue(_model)!), Environment.ProcessorCount);

        var started = screen.Time.GetTimestamp();
        UsageDetails? usage = null;
        await foreach (var update in Answer(opened, arguments, options, cancellationToken).WithCancellation(cancellationToken))
        {
            screen.Write(update.Text);
            usage = update.Contents.OfType<UsageContent>().LastOrDefault()?.Details ?? usage;
        }

        screen.Line();
        if (usage?.OutputTokenCount is { } tokens)
        {
            var seconds = screen.Time.GetElapsedTime(started).TotalSeconds;
            screen.Note(FormattableString.Invariant($"({tokens} tokens in {seconds:0.00} s, {tokens / seconds:0} tokens/s)"));
        }

        return ExitCode.Fine;
    }

    private IAsyncEnumerable<ChatResponseUpdate> Answer(OpenedModel opened, ParseResult arguments, ChatOptions options, CancellationToken cancellationToken)
    {
        var prompt = arguments.GetValue(_prompt)!;
        if (arguments.GetValue(_plain))
        {
            return opened.Client.GetService<ModelChatClient>() is { } local
                ? local.CompleteStreamingAsync(prompt, options, cancellationToken)
                : throw new UsageException("--plain continues text with a model of this process; an endpoint only chats.");
        }

        List<ChatMessage> messages = [new(ChatRole.User, prompt)];
        if (arguments.GetValue(_system) is { } system) messages.Insert(0, new ChatMessage(ChatRole.System, system));
        return opened.Client.GetStreamingResponseAsync(messages, options, cancellationToken);
    }
}
