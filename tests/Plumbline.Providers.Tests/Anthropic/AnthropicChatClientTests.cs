using System.Text.Json;
using Microsoft.Extensions.AI;
using Plumbline.Audits;
using Plumbline.FaultyServer;
using Plumbline.Providers.Anthropic;
using Plumbline.Providers.Endpoints;
using Plumbline.Providers.Models;
using Plumbline.Providers.Pacing;
using Plumbline.Providers.Tests.OpenAiCompatible;
using Shouldly;

namespace Plumbline.Providers.Tests.Anthropic;

public sealed class AnthropicChatClientTests
{
    private const string Key = "sk-ant-test-1234567890";
    private static readonly ChatMessage[] Question = [new(ChatRole.System, "Be brief."), new(ChatRole.User, "What is 2 + 2?")];
    private readonly HurriedTime _time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_request_carries_system_conversation_prefill_limit_and_decoding()
    {
        await using var server = new FakeEndpoint().Answers(200, Message("4"));
        using var client = Client(server);

        var response = await client.GetResponseAsync(
            [.. Question, new(ChatRole.Assistant, "It is")], new ChatOptions { Temperature = 0.7f, TopP = 0.9f, TopK = 5, MaxOutputTokens = 17, Seed = 3, StopSequences = ["END"] }, Cancel);

        (response.Text, response.FinishReason, response.ModelId).ShouldBe(("4", ChatFinishReason.Stop, "served-model"));
        (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount).ShouldBe((7 + 2, 3));
        var request = server.Requests.ShouldHaveSingleItem();
        request.Path.ShouldBe("/v1/messages");
        new[] { request.Authorization, request.Headers.GetValueOrDefault("x-api-key") }.ShouldContain(sent => sent == Key || sent == "Bearer " + Key);
        request.Headers.Keys.ShouldContain("anthropic-version", StringComparer.OrdinalIgnoreCase);
        var json = request.Json;
        json.GetProperty("model").GetString().ShouldBe("tiny");
        json.GetProperty("system").GetString().ShouldBe("Be brief.");
        json.GetProperty("messages").EnumerateArray().Select(message => (message.GetProperty("role").GetString(), message.GetProperty("content").ToString()))
            .ShouldBe([("user", "What is 2 + 2?"), ("assistant", "It is")]);
        json.GetProperty("max_tokens").GetInt32().ShouldBe(17);
        json.GetProperty("temperature").GetSingle().ShouldBe(0.7f);
        json.GetProperty("temperature").GetRawText().ShouldBe("0.7");
        json.GetProperty("top_p").GetSingle().ShouldBe(0.9f);
        json.GetProperty("top_k").GetInt32().ShouldBe(5);
        json.GetProperty("stop_sequences").EnumerateArray().Single().GetString().ShouldBe("END");
        json.TryGetProperty("seed", out _).ShouldBeFalse("the API knows none and refuses unknown fields");
    }

    [Fact]
    public async Task A_model_that_takes_no_temperature_is_sent_none()
    {
        await using var server = new FakeEndpoint().Answers(200, Message("4"));
        using var client = Client(server, quirks: EndpointQuirks.Parse("?temperature=server", "m?temperature=server"));

        await client.GetResponseAsync(Question, new ChatOptions { Temperature = 0 }, Cancel);

        server.Requests.Single().Json.TryGetProperty("temperature", out _).ShouldBeFalse();
    }

    /// <summary>Several of Anthropic's models refuse both at once; 1 is the API's own temperature, so leaving it out changes nothing.</summary>
    [Theory]
    [InlineData("https://api.anthropic.com", 1f, 0.5f, false)]
    [InlineData("https://api.anthropic.com", 0.7f, 0.5f, true)]
    [InlineData("https://api.anthropic.com", 1f, null, true)]
    [InlineData("http://localhost:8000", 1f, 0.5f, true)]
    public void A_top_p_goes_alone_where_the_temperature_is_the_API_s_own(string address, float temperature, float? topP, bool sendsTemperature)
    {
        var options = new AnthropicOptions(new Uri(address), "m", null, EndpointQuirks.None, ApiKeys.Anthropic);

        var request = MessageRequest.Of(Question, new ChatOptions { Temperature = temperature, TopP = topP }, options);

        request.RawBodyData.ContainsKey("temperature").ShouldBe(sendsTemperature);
        request.RawBodyData.ContainsKey("top_p").ShouldBe(topP is not null);
    }

    [Theory]
    [InlineData("end_turn", "stop")]
    [InlineData("stop_sequence", "stop")]
    [InlineData("max_tokens", "length")]
    [InlineData("model_context_window_exceeded", "length")]
    [InlineData("refusal", "refusal")]
    [InlineData("something_new", "something_new")]
    public async Task Stop_reasons_are_ours_afterwards(string sent, string expected)
    {
        await using var server = new FakeEndpoint().Answers(200, Message("no", sent));
        using var client = Client(server);

        (await client.GetResponseAsync(Question, cancellationToken: Cancel)).FinishReason!.Value.Value.ShouldBe(expected);
    }

    [Fact]
    public async Task Thinking_is_no_part_of_the_answer()
    {
        await using var server = new FakeEndpoint().Answers(200, """
            {"id":"m","type":"message","role":"assistant","model":"m","stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":2},
             "content":[{"type":"thinking","thinking":"hm","signature":"s"},{"type":"text","text":"fo"},{"type":"some_new_block","x":1},{"type":"text","text":"ur"}]}
            """);
        using var client = Client(server);

        (await client.GetResponseAsync(Question, cancellationToken: Cancel)).Text.ShouldBe("four");
    }

    [Fact]
    public async Task Overload_is_waited_out_as_long_as_the_server_asks()
    {
        await using var server = new FakeEndpoint()
            .Answers(429, """{"type":"error","error":{"type":"rate_limit_error","message":"slow down"}}""", ("Retry-After", "7"))
            .Answers(529, """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""", ("retry-after", "11"))
            .Answers(200, Message("4"));
        using var client = Client(server);

        (await client.GetResponseAsync(Question, cancellationToken: Cancel)).Text.ShouldBe("4");

        _time.Pauses.ShouldBe([TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(11)]);
        server.Requests.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task One_layer_retries(int retries)
    {
        await using var server = new FakeEndpoint();
        using var client = Client(server, options => options with { MaxRetries = retries });

        (await Should.ThrowAsync<ModelUnreachableException>(() => client.GetResponseAsync(Question, cancellationToken: Cancel))).Message.ShouldContain("500");
        server.Requests.Count.ShouldBe(retries + 1);
    }

    [Theory]
    [InlineData(401, "invalid x-api-key: " + Key, "refuses the key")]
    [InlineData(403, "Your API key may not use this model", "refuses the key")]
    [InlineData(403, "no", "does not say that its key or its content is why")]
    [InlineData(404, "model: tiny", "was not found")]
    [InlineData(400, "Your credit balance is too low to access the API.", "quota of this key is used up")]
    [InlineData(400, "`temperature` is deprecated for this model.", "put ?temperature=server behind its name")]
    [InlineData(307, "", "sends callers to another address")]
    public async Task What_retrying_cannot_mend_is_told_at_once_and_without_the_key(int status, string message, string expected)
    {
        await using var server = new FakeEndpoint().Answers(status, JsonSerializer.Serialize(new { type = "error", error = new { type = "some_error", message } }), ("Location", "http://127.0.0.1:1/v1/messages"));
        using var client = Client(server);

        var failure = await Should.ThrowAsync<ModelUnreachableException>(() => client.GetResponseAsync(Question, cancellationToken: Cancel));

        failure.Message.ShouldContain(expected);
        failure.ToString().ShouldContain($"127.0.0.1:{server.Port}/#tiny");
        failure.Message.ShouldNotContain(Key);
        server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1, 2]")]
    [InlineData("<html>hello</html>")]
    [InlineData("""{"id":"m","content":"text"}""")]
    [InlineData("""{"id":"m","content":"text","stop_reason":"end_turn","model":"m"}""")]
    [InlineData("""{"id":"m","content":[],"stop_rea""")]
    [InlineData("")]
    public async Task What_is_no_message_is_told_as_such(string body)
    {
        await using var server = new FakeEndpoint { Default = _ => (200, body) };
        using var client = Client(server);

        (await Should.ThrowAsync<ModelUnreachableException>(() => client.GetResponseAsync(Question, cancellationToken: Cancel))).Message.ShouldContain("not a message of Anthropic's API");
        server.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_missing_key_is_told_with_the_variable_to_set_and_none_is_looked_for_elsewhere()
    {
        await using var server = new FakeEndpoint().Answers(401, """{"type":"error","error":{"type":"authentication_error","message":"no"}}""");
        using var client = new AnthropicChatClient(Options(server, key: null), new PacerPool(new PacerOptions(), _time), _time);

        (await Should.ThrowAsync<ModelUnreachableException>(() => client.GetResponseAsync(Question, cancellationToken: Cancel))).Message.ShouldContain("Set the environment variable PLUMBLINE_API_KEY");

        var request = server.Requests.ShouldHaveSingleItem();
        request.Authorization.ShouldBeNull();
        request.Headers.Keys.ShouldNotContain("x-api-key");
    }

    /// <summary>The SDK sends what it finds in the environment to whichever address it calls. Other tests see these variables too, and must not mind.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData(Key)]
    public async Task Nothing_from_the_environment_goes_out_beside_the_key(string? key)
    {
        (string Name, string Value)[] variables =
        [
            ("ANTHROPIC_API_KEY", "other-key"), ("ANTHROPIC_AUTH_TOKEN", "other-token"), ("ANTHROPIC_CUSTOM_HEADERS", "X-Other: other-header"), ("ANTHROPIC_BASE_URL", "http://127.0.0.1:1"),
        ];
        foreach (var (name, value) in variables) Environment.SetEnvironmentVariable(name, value);
        try
        {
            await using var server = new FakeEndpoint().Answers(200, Message("4"));
            using var client = new AnthropicChatClient(Options(server, key), new PacerPool(new PacerOptions(), _time), _time);

            await client.GetResponseAsync(Question, cancellationToken: Cancel);

            var headers = server.Requests.ShouldHaveSingleItem().Headers;
            headers.Keys.Where(name => name is not ("Authorization" or "x-api-key" or "X-Api-Key")).Order(StringComparer.OrdinalIgnoreCase)
                .ShouldBe(["anthropic-version", "Content-Length", "Content-Type", "Host", "User-Agent"]);
            headers.Values.ShouldAllBe(value => !value!.Contains("other"));
            headers.Values.Count(value => value!.Contains(Key)).ShouldBe(key is null ? 0 : 1);
        }
        finally
        {
            foreach (var (name, _) in variables) Environment.SetEnvironmentVariable(name, null);
        }
    }

    [Fact]
    public async Task A_conversation_that_the_API_has_no_place_for_is_told_without_a_call()
    {
        await using var server = new FakeEndpoint();
        using var client = Client(server);

        await Should.ThrowAsync<CaseNotAnswerableException>(() => client.GetResponseAsync([.. Question, new(ChatRole.System, "Now obey."), new(ChatRole.User, "?")], cancellationToken: Cancel));
        await Should.ThrowAsync<CaseNotAnswerableException>(() => client.GetResponseAsync([Question[0]], cancellationToken: Cancel));
        server.Requests.ShouldBeEmpty();
    }

    /// <summary>Over a real server that fails in every way; its own count is held against the client's.</summary>
    [Fact]
    public async Task Every_call_is_answered_once_or_fails_with_its_reason()
    {
        await using var server = await FaultyChatServer.StartAsync(
            new FaultOptions { RateLimited = 0.3, ServerErrors = 0.05, Hangs = 0.02, Cuts = 0.02, Malformed = 0.05, Key = Key }, cancellationToken: Cancel);
        var pool = new PacerPool(new PacerOptions { AttemptTimeout = TimeSpan.FromSeconds(2), FirstPause = TimeSpan.FromMilliseconds(20), MaxRetries = 2 }, TimeProvider.System);
        using var client = new AnthropicChatClient(
            new AnthropicOptions(new Uri(server.Endpoint, "/"), "m", Key, EndpointQuirks.None, ApiKeys.Plumbline), pool, TimeProvider.System);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 300).Select(async call =>
        {
            try
            {
                await client.GetResponseAsync([new ChatMessage(ChatRole.User, $"call {call}")], cancellationToken: Cancel);
                return null;
            }
            catch (Exception exception)
            {
                return exception;
            }
        }));

        var (seen, sent) = (server.Counts, pool.Counts);
        var answered = outcomes.Count(outcome => outcome is null);
        (seen.Answered, seen.Distinct, seen.AnsweredTwice).ShouldBe((answered, answered, 0));
        sent.ShouldBe(new PacerCounts(seen.Requests, seen.Requests - 300, answered, seen.RateLimited, seen.ServerErrors, seen.Hangs, seen.Cuts + seen.Malformed, 0));
        outcomes.OfType<Exception>().ShouldNotBeEmpty();
        outcomes.OfType<Exception>().ShouldAllBe(failure => failure is ModelUnreachableException && failure.Message.Contains("after 2 retries"));
    }

    [Fact]
    public void Printing_the_options_does_not_print_the_key() =>
        new AnthropicOptions(new Uri("http://localhost:1"), "tiny", Key, EndpointQuirks.None, "X").ToString().ShouldNotContain(Key);

    private static string Message(string text, string stopReason = "end_turn") => JsonSerializer.Serialize(new
    {
        id = "msg_1",
        type = "message",
        role = "assistant",
        model = "served-model",
        content = new[] { new { type = "text", text } },
        stop_reason = stopReason,
        stop_sequence = (string?)null,
        usage = new { input_tokens = 7, output_tokens = 3, cache_read_input_tokens = 2 },
    });

    private static AnthropicOptions Options(FakeEndpoint server, string? key, EndpointQuirks? quirks = null) =>
        new(new Uri(server.Address, "/"), "tiny", key, quirks ?? EndpointQuirks.None, ApiKeys.Plumbline);

    private AnthropicChatClient Client(FakeEndpoint server, Func<PacerOptions, PacerOptions>? change = null, EndpointQuirks? quirks = null)
    {
        var pacing = new PacerOptions();
        return new AnthropicChatClient(Options(server, Key, quirks), new PacerPool(change?.Invoke(pacing) ?? pacing, _time), _time);
    }
}
