using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.AI;
using Plumbline.Server.ChatCompletions;
using Plumbline.Server.Errors;
using Plumbline.Server.Models;

namespace Plumbline.Server.Hosting;

/// <summary>
/// Serves one chat client over HTTP as the OpenAI API does: <c>POST /v1/chat/completions</c>, <c>GET /v1/models</c>,
/// <c>GET /props</c> for the chat template and what else an audit compares, and <c>GET /healthz</c> for whoever watches over it. Does not own the client.
/// </summary>
public sealed class ModelServer : IAsyncDisposable
{
    private readonly WebApplication application;

    private ModelServer(WebApplication application, string modelId)
    {
        this.application = application;
        ModelId = modelId;
        var address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Endpoint = new Uri(new Uri(address), "/v1");
    }

    /// <summary>What a client takes as its base address, such as <c>http://127.0.0.1:8080/v1</c>.</summary>
    public Uri Endpoint { get; }

    /// <summary>The model's name in the API.</summary>
    public string ModelId { get; }

    /// <summary>Starts to listen.</summary>
    /// <param name="client">Who answers.</param>
    /// <param name="options">Where to listen, and to whom.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<ModelServer> StartAsync(IChatClient client, ModelServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        options ??= new ModelServerOptions();
        var model = new ServedModel(
            options.ModelId ?? client.GetService<ChatClientMetadata>()?.DefaultModelId ?? "model", options.Time.GetUtcNow().ToUnixTimeSeconds());
        var built = Build(client, model, options);
        try
        {
            await built.StartAsync(cancellationToken);
        }
        catch
        {
            await built.DisposeAsync();
            throw;
        }

        return new ModelServer(built, model.Id);
    }

    /// <summary>Stops listening; requests in progress have a few seconds to finish.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => application.StopAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => application.DisposeAsync();

    private static WebApplication Build(IChatClient client, ServedModel model, ModelServerOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaxBodyBytes;
            kestrel.Listen(options.Address, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        var built = builder.Build();
        built.UseMiddleware<ErrorMiddleware>();
        built.UseMiddleware<AccessMiddleware>(options);
        built.UseRouting();
        var completions = new CompletionEndpoint(client, model.Id, options.Time);
        built.MapPost("/v1/chat/completions", completions.AnswerAsync);
        built.MapGet("/v1/models", model.ListAsync);
        built.MapGet("/v1/models/{**id}", model.ShowAsync);
        built.MapGet("/props", new ServedProperties(options.ChatTemplate, options.Facts).ShowAsync);
        built.MapGet("/healthz", (RequestDelegate)(context => context.Response.WriteAsync("ok", context.RequestAborted)));
        return built;
    }
}
