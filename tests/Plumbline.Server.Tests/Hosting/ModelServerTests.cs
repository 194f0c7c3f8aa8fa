using System.ClientModel;
using System.Net;
using System.Net.Sockets;
using OpenAI.Chat;
using Plumbline.Server.Hosting;
using Shouldly;

namespace Plumbline.Server.Tests.Hosting;

public sealed class ModelServerTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ListsItsModelToTheSdk()
    {
        using var client = new ScriptedClient("hi");
        await using var served = await Served.StartAsync(client, new ModelServerOptions { ApiKey = null, ModelId = "org/bob" });
        var models = await served.Sdk.GetOpenAIModelClient().GetModelsAsync(Cancelled);
        models.Value.ShouldHaveSingleItem().Id.ShouldBe("org/bob");
        (await served.Http.GetStringAsync(new Uri("/v1/models/org/bob", UriKind.Relative), Cancelled)).ShouldContain("\"id\":\"org/bob\"");
        using var missing = await served.Http.GetAsync(new Uri("/v1/models/alice", UriKind.Relative), Cancelled);
        missing.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await missing.Content.ReadAsStringAsync(Cancelled)).ShouldContain("model_not_found");
    }

    [Fact]
    public async Task TellsTheTemplateThatItWrapsAConversationIn()
    {
        using var client = new ScriptedClient("hi");
        await using var served = await Served.StartAsync(client, new ModelServerOptions { ChatTemplate = "{{ messages }}" });
        (await served.Http.GetStringAsync(new Uri("/props", UriKind.Relative), Cancelled)).ShouldBe("""{"chat_template":"{{ messages }}"}""");
    }

    [Fact]
    public async Task TellsWhatAnAuditCompares()
    {
        using var client = new ScriptedClient("hi");
        await using var served = await Served.StartAsync(client, new ModelServerOptions { Facts = new Dictionary<string, string> { ["systemPrompt"] = "none", ["decoding"] = "repetition penalty 1" } });
        (await served.Http.GetStringAsync(new Uri("/props", UriKind.Relative), Cancelled)).ShouldBe("""{"chat_template":null,"plumbline":{"systemPrompt":"none","decoding":"repetition penalty 1"}}""");
    }

    [Fact]
    public async Task AnswersOnLoopbackAloneAndToItsOwnNames()
    {
        using var client = new ScriptedClient("hi");
        await using var served = await Served.StartAsync(client);
        IPAddress.IsLoopback(IPAddress.Parse(served.Server.Endpoint.Host)).ShouldBeTrue();
        using var foreign = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        foreign.Headers.Host = "rebound.example";
        using var response = await served.Http.SendAsync(foreign, Cancelled);
        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task AsksForTheKeyWhereOneIsSet()
    {
        using var client = new ScriptedClient("hi");
        var options = new ModelServerOptions { ApiKey = "secret" };
        await using var wrong = await Served.StartAsync(client, options, key: "guess");
        var error = await Should.ThrowAsync<ClientResultException>(async () => await wrong.Chat.CompleteChatAsync([new UserChatMessage("hi")], cancellationToken: Cancelled));
        error.Status.ShouldBe(401);
        (await wrong.Http.GetStringAsync(new Uri("/healthz", UriKind.Relative), Cancelled)).ShouldBe("ok");
        await using var right = await Served.StartAsync(client, options, key: "secret");
        ChatCompletion answer = await right.Chat.CompleteChatAsync([new UserChatMessage("hi")], cancellationToken: Cancelled);
        answer.Content[0].Text.ShouldBe("hi");
    }

    [Theory]
    [InlineData("GET", "/v1/chat/completions", 405)]
    [InlineData("GET", "/nowhere", 404)]
    public async Task AWrongAddressIsAnErrorInJson(string method, string path, int status)
    {
        using var client = new ScriptedClient("hi");
        await using var served = await Served.StartAsync(client);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await served.Http.SendAsync(request, Cancelled);
        ((int)response.StatusCode).ShouldBe(status);
        (await response.Content.ReadAsStringAsync(Cancelled)).ShouldContain("invalid_request_error");
    }

    [Fact]
    public async Task ATakenPortIsAnError()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var client = new ScriptedClient("hi");
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await Should.ThrowAsync<IOException>(() => ModelServer.StartAsync(client, new ModelServerOptions { Port = port }, Cancelled));
    }

    [Fact]
    public async Task StopsListening()
    {
        using var client = new ScriptedClient("hi");
        await using var served = await Served.StartAsync(client);
        await served.Server.StopAsync(Cancelled);
        await Should.ThrowAsync<HttpRequestException>(() => served.Http.GetStringAsync(new Uri("/healthz", UriKind.Relative), Cancelled));
    }
}
