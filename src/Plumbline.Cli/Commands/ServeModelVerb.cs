using System.CommandLine;
using System.Net.Sockets;
using Plumbline.Cli.Choices;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Setup;
using Plumbline.Pairs;
using Plumbline.Providers.Models;
using Plumbline.Server.Hosting;

namespace Plumbline.Cli.Commands;

/// <summary>Serves a local model as the OpenAI API does.</summary>
internal sealed class ServeModelVerb : Verb
{
    private readonly Workshop _workshop;
    private readonly Argument<string> _model = new("MODEL") { Description = "bob, a checkpoint folder or a GGUF file, with +ADAPTER if need be." };
    private readonly Option<int> _port = new("--port", "-p") { Description = "The port to listen on, on this machine only; 0 takes a free one.", HelpName = "N", DefaultValueFactory = _ => 8080 };
    private readonly Option<string?> _name = new("--name") { Description = "The model's name in the API. Default: its own.", HelpName = "NAME" };

    public ServeModelVerb(Workshop workshop)
        : base(
            "serve-model",
            "Serve a local model on this machine behind an OpenAI-compatible endpoint.",
            "plumb serve-model bob --port 8080",
            "plumb serve-model ./llama+./tuned --port 8081 --name tuned",
            "PLUMBLINE_API_KEY=secret plumb serve-model bob      # clients must show the key")
    {
        _workshop = workshop;
        Arguments.Add(_model);
        Options.Add(_port);
        Options.Add(_name);
    }

    public override async Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        var reference = LocalModel.Parse(arguments.GetValue(_model)!);
        var port = InRange(arguments, _port, value => value is >= 0 and <= 65535, "0 to 65535");
        using var opened = _workshop.Opener.Open(reference, Environment.ProcessorCount);
        foreach (var doubt in UnappliedDecoding.Doubts(drawsAtRandom: true, opened.Facts)) screen.Note($"Caution: {doubt}");
        var options = new ModelServerOptions
        {
            Port = port,
            ApiKey = _workshop.Keys.OfOwnServer,
            ModelId = arguments.GetValue(_name),
            ChatTemplate = opened.Local?.Template?.Source,
            Facts = opened.Facts.Facts.Where(fact => ModelFacts.MustAgree(drawsAtRandom: true).Contains(fact.Key)).ToDictionary(StringComparer.Ordinal),
            Time = screen.Time,
        };
        await using var server = await StartAsync(opened, options, cancellationToken);

        screen.Line($"Serving {reference.Text} at {server.Endpoint}");
        screen.Line($"Name it {server.Endpoint}#{server.ModelId}; Ctrl-C ends.");
        await UntilCancelledAsync(cancellationToken);
        await server.StopAsync(CancellationToken.None);
        screen.Note("Stopped.");
        return ExitCode.Fine;
    }

    private static async Task<ModelServer> StartAsync(OpenedModel opened, ModelServerOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await ModelServer.StartAsync(opened.Client, options, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            throw new UsageException($"Port {options.Port} cannot be listened on: {exception.Message.TrimEnd('.')}. Give another one with --port, or 0 for a free one.");
        }
    }

    /// <summary>To be stopped is how a server ends well, so it is no interruption.</summary>
    private static async Task UntilCancelledAsync(CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(stopped.SetResult);
        await stopped.Task;
    }
}
