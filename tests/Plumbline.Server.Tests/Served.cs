using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using Plumbline.Server.Hosting;

namespace Plumbline.Server.Tests;

/// <summary>A client served on a free port, and the official SDK and a plain HTTP client pointed at it.</summary>
internal sealed class Served : IAsyncDisposable
{
    private Served(ModelServer server, string key)
    {
        Server = server;
        Http = new HttpClient { BaseAddress = new Uri(server.Endpoint.GetLeftPart(UriPartial.Authority)) };
        Sdk = new OpenAIClient(new ApiKeyCredential(key), new OpenAIClientOptions { Endpoint = server.Endpoint, RetryPolicy = new ClientRetryPolicy(0) });
        Chat = Sdk.GetChatClient(server.ModelId);
    }

    public ModelServer Server { get; }

    public HttpClient Http { get; }

    public OpenAIClient Sdk { get; }

    public ChatClient Chat { get; }

    public static async Task<Served> StartAsync(IChatClient client, ModelServerOptions? options = null, string key = "any") =>
        new(await ModelServer.StartAsync(client, options ?? new ModelServerOptions { ApiKey = null }, TestContext.Current.CancellationToken), key);

    public async Task<(int Status, string Body)> PostAsync(string json)
    {
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var response = await Http.PostAsync(new Uri("/v1/chat/completions", UriKind.Relative), content, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
    }
}
