using System.ClientModel;
using System.Runtime.CompilerServices;
using System.Text.Json;
using OpenAI.Chat;
using Plumbline.Server.Hosting;
using Plumbline.Transformers.Generation;
using Shouldly;

namespace Plumbline.Server.Tests.ChatCompletions;

public sealed class CompletionEndpointTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheSdkGetsAWholeAnswer()
    {
        using var client = new ScriptedClient("Hel", "lo");
        await using var served = await Served.StartAsync(client);
        ChatCompletion answer = await served.Chat.CompleteChatAsync(
            [new SystemChatMessage("be brief"), new UserChatMessage("hi"), new AssistantChatMessage("hello"), new UserChatMessage("again")],
            new ChatCompletionOptions { Temperature = 0.5f, TopP = 0.25f, MaxOutputTokenCount = 9, FrequencyPenalty = 0.1f, PresencePenalty = 0.2f, StopSequences = { "a", "b" } },
            Cancelled);
        answer.Content[0].Text.ShouldBe("Hello");
        answer.FinishReason.ShouldBe(ChatFinishReason.Stop);
        answer.Usage.InputTokenCount.ShouldBe(7);
        answer.Usage.OutputTokenCount.ShouldBe(2);
        answer.Model.ShouldBe("scripted");
        var (messages, options) = client.Asked.ShouldHaveSingleItem();
        messages.Select(message => $"{message.Role}: {message.Text}").ShouldBe(["system: be brief", "user: hi", "assistant: hello", "user: again"]);
        options.Temperature.ShouldBe(0.5f);
        options.TopP.ShouldBe(0.25f);
        options.MaxOutputTokens.ShouldBe(9);
        options.FrequencyPenalty.ShouldBe(0.1f);
        options.PresencePenalty.ShouldBe(0.2f);
        options.StopSequences.ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task TheSdkGetsAStream()
    {
        using var client = new ScriptedClient("Hel", "lo", " wörld 😀") { Reason = Microsoft.Extensions.AI.ChatFinishReason.Length };
        await using var served = await Served.StartAsync(client);
        var pieces = new List<string>();
        ChatFinishReason? reason = null;
        ChatTokenUsage? usage = null;
        await foreach (var update in served.Chat.CompleteChatStreamingAsync([new UserChatMessage("hi")], cancellationToken: Cancelled))
        {
            pieces.AddRange(update.ContentUpdate.Select(part => part.Text).Where(text => text.Length > 0));
            reason = update.FinishReason ?? reason;
            usage = update.Usage ?? usage;
        }

        pieces.ShouldBe(["Hel", "lo", " wörld 😀"]);
        reason.ShouldBe(ChatFinishReason.Length);
        usage.ShouldNotBeNull("the SDK asks for it").OutputTokenCount.ShouldBe(3);
    }

    [Fact]
    public async Task AStreamIsEventsEndedByDone()
    {
        using var client = new ScriptedClient("a", "b");
        await using var served = await Served.StartAsync(client);
        var (status, body) = await served.PostAsync("""{"model":"scripted","stream":true,"messages":[{"role":"user","content":"hi"}]}""");
        status.ShouldBe(200);
        var events = body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        events.ShouldAllBe(line => line.StartsWith("data: "));
        events[^1].ShouldBe("data: [DONE]");
        var chunks = events[..^1].Select(line => JsonDocument.Parse(line["data: ".Length..]).RootElement).ToList();
        chunks.ShouldAllBe(chunk => chunk.GetProperty("object").GetString() == "chat.completion.chunk");
        chunks.Select(chunk => chunk.GetProperty("id").GetString()).Distinct().Count().ShouldBe(1);
        chunks[0].GetProperty("choices")[0].GetProperty("delta").GetProperty("role").GetString().ShouldBe("assistant");
        chunks[^1].GetProperty("choices")[0].GetProperty("finish_reason").GetString().ShouldBe("stop");
        chunks.ShouldAllBe(chunk => !HasUsage(chunk), "usage was not asked for");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SeveralChoicesGetSeedsOfTheirOwn(bool stream)
    {
        using var client = new ScriptedClient((options, _) => new[] { "seed ", $"{options.Seed}" }.ToAsyncEnumerable());
        await using var served = await Served.StartAsync(client);
        var (status, body) = await served.PostAsync(
            "{\"model\":\"scripted\",\"n\":3,\"seed\":40,\"stream\":" + (stream ? "true" : "false") + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
        status.ShouldBe(200);
        var texts = new string[3];
        if (stream)
        {
            foreach (var line in body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).SkipLast(1))
            {
                var choice = JsonDocument.Parse(line["data: ".Length..]).RootElement.GetProperty("choices")[0];
                texts[choice.GetProperty("index").GetInt32()] += choice.GetProperty("delta").TryGetProperty("content", out var text) ? text.GetString() : "";
            }
        }
        else
        {
            foreach (var choice in JsonDocument.Parse(body).RootElement.GetProperty("choices").EnumerateArray())
                texts[choice.GetProperty("index").GetInt32()] = choice.GetProperty("message").GetProperty("content").GetString()!;
        }

        texts.ShouldBe(["seed 40", "seed 41", "seed 42"]);
    }

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"hi"}]}""", 400, "model")]
    [InlineData("""{"model":"scripted"}""", 400, "messages")]
    [InlineData("""{"model":"scripted","messages":[]}""", 400, "messages")]
    [InlineData("""{"model":"scripted","messages":[{"role":"robot","content":"hi"}]}""", 400, "messages[0].role")]
    [InlineData("""{"model":"scripted","messages":[{"role":"user","content":[{"type":"image_url"}]}]}""", 400, "messages[0].content")]
    [InlineData("""{"model":"scripted","messages":[{"role":"user","content":"hi"}],"temperature":3}""", 400, "temperature")]
    [InlineData("""{"model":"scripted","messages":[{"role":"user","content":"hi"}],"temperature":"hot"}""", 400, "temperature")]
    [InlineData("""{"model":"scripted","messages":[{"role":"user","content":"hi"}],"max_tokens":0}""", 400, "max_tokens")]
    [InlineData("""{"model":"scripted","messages":[{"role":"user","content":"hi"}],"n":0}""", 400, "n")]
    [InlineData("""{"model":"scripted","messages":[{"role":"user","content":"hi"}],"stop":[1]}""", 400, "stop")]
    [InlineData("""{"model":"scripted","messages":[{"role":"user","content":"hi"}],"tools":[{"type":"function"}]}""", 400, "tools")]
    [InlineData("""{"model":"scripted","messages":[{"role":"user","content":"hi"}],"logprobs":true}""", 400, "logprobs")]
    [InlineData("""{"model":"scripted","messages":[{"role":"user","content":"hi"}],"response_format":{"type":"json_object"}}""", 400, "response_format")]
    [InlineData("""{"model":"scripted","messages":[{"role":"user","content":"hi"}],"response_format":{"type":5}}""", 400, "response_format")]
    [InlineData("""{"model":"scripted","messages":[{"role":"user","content":"\ud83d"}]}""", 400, null)]
    [InlineData("""{"model":"other","messages":[{"role":"user","content":"hi"}]}""", 404, "model")]
    [InlineData("""[1]""", 400, null)]
    [InlineData("""{"model": """, 400, null)]
    public async Task AWrongRequestNamesItsField(string json, int status, string? param)
    {
        using var client = new ScriptedClient("never");
        await using var served = await Served.StartAsync(client);
        var (actual, body) = await served.PostAsync(json);
        actual.ShouldBe(status);
        var error = JsonDocument.Parse(body).RootElement.GetProperty("error");
        error.GetProperty("param").GetString().ShouldBe(param);
        error.GetProperty("type").GetString().ShouldBe("invalid_request_error");
        error.GetProperty("message").GetString()!.Length.ShouldBeGreaterThan(10);
        client.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task FieldsThatChangeNothingPass()
    {
        using var client = new ScriptedClient("fine");
        await using var served = await Served.StartAsync(client);
        var (status, _) = await served.PostAsync(
            """{"model":"scripted","messages":[{"role":"developer","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}],"user":"me","store":false,"tools":[],"tool_choice":"none","logprobs":false,"logit_bias":{},"response_format":{"type":"text"},"something_new":1,"stop":null,"top_k":5}""");
        status.ShouldBe(200);
        var asked = client.Asked.ShouldHaveSingleItem();
        asked.Messages[0].Text.ShouldBe("ab");
        asked.Options.TopK.ShouldBe(5);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AFailureBeforeTheFirstPieceHasAStatus(bool stream)
    {
        using var client = new ScriptedClient((_, _) => throw new GenerationException("The prompt is far too long.") { IsTooLong = true });
        await using var served = await Served.StartAsync(client);
        var (status, body) = await served.PostAsync("{\"model\":\"scripted\",\"stream\":" + (stream ? "true" : "false") + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
        status.ShouldBe(400);
        body.ShouldContain("context_length_exceeded");
        body.ShouldContain("far too long");
    }

    [Fact]
    public async Task AFailureAmidAStreamIsAnEvent()
    {
        async IAsyncEnumerable<string> Break([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            yield return "so far";
            await Task.Yield();
            throw new InvalidOperationException("the weights caught fire");
        }

        using var client = new ScriptedClient((_, cancellationToken) => Break(cancellationToken));
        await using var served = await Served.StartAsync(client);
        var (status, body) = await served.PostAsync("""{"model":"scripted","stream":true,"messages":[{"role":"user","content":"hi"}]}""");
        status.ShouldBe(200);
        body.ShouldContain("server_error");
        body.ShouldContain("caught fire");
        body.ShouldNotContain("[DONE]");
    }

    [Fact]
    public async Task AnUnknownFailureIsAServerError()
    {
        using var client = new ScriptedClient((_, _) => throw new InvalidOperationException("no"));
        await using var served = await Served.StartAsync(client);
        var error = await Should.ThrowAsync<ClientResultException>(async () => await served.Chat.CompleteChatAsync([new UserChatMessage("hi")], cancellationToken: Cancelled));
        error.Status.ShouldBe(500);
    }

    [Fact]
    public async Task AClientThatLeavesCancelsTheGeneration()
    {
        var left = new TaskCompletionSource();
        async IAsyncEnumerable<string> Endless([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await using var registration = cancellationToken.Register(() => left.TrySetResult());
            while (true)
            {
                yield return "more ";
                await Task.Delay(5, cancellationToken);
            }
        }

        using var client = new ScriptedClient((_, cancellationToken) => Endless(cancellationToken));
        await using var served = await Served.StartAsync(client);
        await foreach (var update in served.Chat.CompleteChatStreamingAsync([new UserChatMessage("hi")], cancellationToken: Cancelled))
        {
            if (update.ContentUpdate.Any(part => part.Text == "more "))
                break;
        }

        await left.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancelled);
    }

    [Fact]
    public async Task ABodyBeyondTheLimitIs413()
    {
        using var client = new ScriptedClient("never");
        await using var served = await Served.StartAsync(client, new ModelServerOptions { ApiKey = null, MaxBodyBytes = 1000 });
        var (status, body) = await served.PostAsync("{\"model\":\"scripted\",\"messages\":[{\"role\":\"user\",\"content\":\"" + new string('x', 2000) + "\"}]}");
        status.ShouldBe(413);
        body.ShouldContain("too large");
    }

    [Fact]
    public async Task ABodyOfAnotherTypeIs415()
    {
        using var client = new ScriptedClient("never");
        await using var served = await Served.StartAsync(client);
        using var content = new StringContent("""{"model":"scripted","messages":[{"role":"user","content":"hi"}]}""");
        using var response = await served.Http.PostAsync(new Uri("/v1/chat/completions", UriKind.Relative), content, Cancelled);
        ((int)response.StatusCode).ShouldBe(415);
    }

    private static bool HasUsage(JsonElement chunk) => chunk.TryGetProperty("usage", out _);
}
