using Microsoft.Extensions.AI;
using Plumbline.Providers.Endpoints;
using Plumbline.Providers.OpenAiCompatible;
using Plumbline.Providers.Pacing;
using Shouldly;

namespace Plumbline.Providers.Tests.OpenAiCompatible;

public sealed class OpenAiCompatibleChatClientTests
{
    private const string Key = "sk-test-1234567890";
    private static readonly ChatMessage[] Question = [new(ChatRole.System, "Be brief."), new(ChatRole.User, "What is 2 + 2?")];
    private readonly HurriedTime _time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_comes_back_with_its_reason_and_usage()
    {
        await using var server = new FakeEndpoint().Says("4");
        using var client = Client(server);

        var response = await client.GetResponseAsync(Question, cancellationToken: Cancel);

        response.Text.ShouldBe("4");
        response.FinishReason.ShouldBe(ChatFinishReason.Stop);
        response.ModelId.ShouldBe("served-model");
        response.Usage!.InputTokenCount.ShouldBe(7);
        response.Usage.OutputTokenCount.ShouldBe(3);
    }

    [Fact]
    public async Task The_request_carries_messages_model_key_and_every_option()
    {
        await using var server = new FakeEndpoint().Says("4");
        using var client = Client(server);

        await client.GetResponseAsync(
            [.. Question, new(ChatRole.Assistant, "It is")],
            new ChatOptions { Temperature = 0.5f, TopP = 0.9f, MaxOutputTokens = 17, Seed = 42, StopSequences = ["\n\n", "END"], TopK = 5 },
            Cancel);

        var request = server.Requests.ShouldHaveSingleItem();
        request.Path.ShouldBe("/v1/chat/completions");
        request.Authorization.ShouldBe("Bearer " + Key);
        var json = request.Json;
        json.GetProperty("model").GetString().ShouldBe("tiny");
        json.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("role").GetString()).ShouldBe(["system", "user", "assistant"]);
        json.GetProperty("temperature").GetSingle().ShouldBe(0.5f);
        json.GetProperty("top_p").GetSingle().ShouldBe(0.9f);
        json.GetProperty("max_tokens").GetInt32().ShouldBe(17);
        json.TryGetProperty("max_completion_tokens", out _).ShouldBeFalse();
        json.GetProperty("seed").GetInt64().ShouldBe(42);
        json.GetProperty("top_k").GetInt32().ShouldBe(5);
        json.GetProperty("continue_final_message").GetBoolean().ShouldBeTrue("the answer is begun");
        json.GetProperty("add_generation_prompt").GetBoolean().ShouldBeFalse();
        json.GetProperty("stop").EnumerateArray().Select(stop => stop.GetString()).ShouldBe(["\n\n", "END"]);
    }

    [Fact]
    public async Task OpenAI_itself_is_told_the_limit_by_its_new_name()
    {
        await using var server = new FakeEndpoint().Says("4");
        using var client = new OpenAiCompatibleChatClient(new EndpointOptions(server.Address, "tiny", Key, IsOpenAi: true), new PacerPool(new PacerOptions(), _time), _time);

        await client.GetResponseAsync([.. Question, new(ChatRole.Assistant, "It is")], new ChatOptions { MaxOutputTokens = 17 }, Cancel);

        server.Requests.Single().Json.GetProperty("max_completion_tokens").GetInt32().ShouldBe(17);
        server.Requests.Single().Json.TryGetProperty("continue_final_message", out _).ShouldBeFalse("OpenAI refuses fields that it does not know");
    }

    [Fact]
    public async Task A_deployment_is_addressed_with_its_version_and_the_key_in_a_header_of_its_own()
    {
        await using var server = new FakeEndpoint().Says("4");
        var options = new EndpointOptions(new Uri(server.Address, "/openai/deployments/my-gpt"), "my-gpt", Key, IsOpenAi: true) { Quirks = EndpointQuirks.Parse("?api-version=2024-10-21", "?") };
        using var client = new OpenAiCompatibleChatClient(options, new PacerPool(new PacerOptions(), _time), _time);

        (await client.GetResponseAsync(Question, new ChatOptions { MaxOutputTokens = 17 }, Cancel)).Text.ShouldBe("4");

        var request = server.Requests.Single();
        (request.Path, request.Query).ShouldBe(("/openai/deployments/my-gpt/chat/completions", "?api-version=2024-10-21"));
        request.Headers["api-key"].ShouldBe(Key);
        request.Authorization.ShouldBeNull();
        request.Json.GetProperty("max_completion_tokens").GetInt32().ShouldBe(17);
    }

    [Theory]
    [InlineData("?prefill=plain", false)]
    [InlineData("?api-version=2024-02-01", false)]
    [InlineData("", true)]
    public async Task A_begun_answer_goes_out_in_vLLMs_way_where_the_server_bears_it(string quirks, bool expected)
    {
        await using var server = new FakeEndpoint().Says(" 4").Says("4");
        using var client = new OpenAiCompatibleChatClient(
            new EndpointOptions(server.Address, "tiny", Key, IsOpenAi: false) { Quirks = EndpointQuirks.Parse(quirks, quirks) }, new PacerPool(new PacerOptions(), _time), _time);

        await client.GetResponseAsync([.. Question, new(ChatRole.Assistant, "It is")], cancellationToken: Cancel);
        await client.GetResponseAsync(Question, cancellationToken: Cancel);

        var (prefilled, plain) = (server.Requests.First().Json, server.Requests.Last().Json);
        prefilled.TryGetProperty("continue_final_message", out _).ShouldBe(expected);
        if (expected) (prefilled.GetProperty("continue_final_message").GetBoolean(), prefilled.GetProperty("add_generation_prompt").GetBoolean()).ShouldBe((true, false));
        plain.TryGetProperty("add_generation_prompt", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_model_that_takes_no_temperature_is_sent_none()
    {
        await using var server = new FakeEndpoint().Says("4");
        using var client = new OpenAiCompatibleChatClient(
            new EndpointOptions(server.Address, "tiny", Key, IsOpenAi: false) { Quirks = EndpointQuirks.Parse("?temperature=server", "?") }, new PacerPool(new PacerOptions(), _time), _time);

        await client.GetResponseAsync(Question, new ChatOptions { Temperature = 0 }, Cancel);

        server.Requests.Single().Json.TryGetProperty("temperature", out _).ShouldBeFalse();
    }

    /// <summary>Smaller servers leave out what the SDK's own server always sends.</summary>
    [Theory]
    [InlineData("""{"choices":[{"message":{"role":"assistant","content":"4"},"finish_reason":"stop"}]}""")]
    [InlineData("""{"id":"","object":"chat.completion","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"4","reasoning_content":"hm"},"finish_reason":"stop","logprobs":null}],"usage":null}""")]
    [InlineData("""{"created":1,"choices":[{"index":0,"message":{"content":"4"},"finish_reason":"stop"}],"timings":{"x":1.5},"usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10}}""")]
    public async Task An_answer_without_what_is_optional_is_an_answer(string body)
    {
        await using var server = new FakeEndpoint().Answers(200, body);
        using var client = Client(server);

        var response = await client.GetResponseAsync(Question, cancellationToken: Cancel);

        (response.Text, response.FinishReason).ShouldBe(("4", ChatFinishReason.Stop));
        (response.Usage?.OutputTokenCount).ShouldBe(body.Contains("prompt_tokens") ? 3 : null);
    }

    [Theory]
    [InlineData("length", "length")]
    [InlineData("content_filter", "content_filter")]
    public async Task Finish_reasons_are_kept(string sent, string expected)
    {
        await using var server = new FakeEndpoint().Says("", sent);
        using var client = Client(server);

        (await client.GetResponseAsync(Question, cancellationToken: Cancel)).FinishReason!.Value.Value.ShouldBe(expected);
    }

    [Fact]
    public async Task A_request_that_a_filter_refuses_is_a_withheld_answer()
    {
        await using var server = new FakeEndpoint().Answers(400, """{"error":{"message":"The response was filtered","code":"content_filter"}}""");
        using var client = Client(server);

        var response = await client.GetResponseAsync(Question, cancellationToken: Cancel);

        response.FinishReason.ShouldBe(ChatFinishReason.ContentFilter);
        response.Text.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stream_arrives_piece_by_piece()
    {
        await using var server = new FakeEndpoint().Streams(FakeEndpoint.Chunk("Hel"), FakeEndpoint.Chunk("lo"), FakeEndpoint.Chunk(null, "length"));
        using var client = Client(server);

        var updates = await client.GetStreamingResponseAsync(Question, cancellationToken: Cancel).ToListAsync(Cancel);

        updates.Select(update => update.Text).ShouldBe(["Hel", "lo", ""]);
        updates[^1].FinishReason.ShouldBe(ChatFinishReason.Length);
        server.Requests.Single().Json.GetProperty("stream").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Overload_is_waited_out_as_long_as_the_server_asks()
    {
        await using var server = new FakeEndpoint()
            .Answers(429, "{}", ("Retry-After", "7"))
            .Answers(503, "{}", ("Date", "Mon, 02 Feb 2026 08:00:00 GMT"), ("Retry-After", "Mon, 02 Feb 2026 08:00:11 GMT"))
            .Says("4");
        using var client = Client(server);

        (await client.GetResponseAsync(Question, cancellationToken: Cancel)).Text.ShouldBe("4");

        _time.Pauses.ShouldBe([TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(11)]);
        server.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_stream_is_also_begun_again_after_overload()
    {
        await using var server = new FakeEndpoint().Answers(500, "{}").Streams(FakeEndpoint.Chunk("4", "stop"));
        using var client = Client(server);

        var updates = await client.GetStreamingResponseAsync(Question, cancellationToken: Cancel).ToListAsync(Cancel);

        string.Concat(updates.Select(update => update.Text)).ShouldBe("4");
    }

    [Fact]
    public async Task Pauses_grow_and_stay_within_their_bounds()
    {
        await using var server = new FakeEndpoint();
        using var client = Client(server, options => options with { MaxRetries = 6, LongestPause = TimeSpan.FromSeconds(3) });

        await Should.ThrowAsync<ModelUnreachableException>(() => client.GetResponseAsync(Question, cancellationToken: Cancel));

        // From the fourth failure in a row on, the server is in trouble.
        double[] bounds = [0.1, 0.2, 0.4, 3, 3, 3];
        _time.Pauses.Count.ShouldBe(bounds.Length);
        _time.Pauses.Zip(bounds).ShouldAllBe(pair => pair.First.TotalSeconds >= pair.Second / 2 && pair.First.TotalSeconds <= pair.Second);
    }

    /// <summary>Retry layers that multiply are a known fault of this kind of tool: the server counts.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task One_layer_retries(int retries)
    {
        await using var server = new FakeEndpoint();
        using var client = Client(server, options => options with { MaxRetries = retries });

        var failure = await Should.ThrowAsync<ModelUnreachableException>(() => client.GetResponseAsync(Question, cancellationToken: Cancel));

        failure.Message.ShouldContain("500");
        server.Requests.Count.ShouldBe(retries + 1);
    }

    [Theory]
    [InlineData(401, "refuses the key")]
    [InlineData(403, "refuses the key")]
    [InlineData(404, "was not found")]
    [InlineData(400, "malformed")]
    public async Task What_retrying_cannot_mend_is_told_at_once(int status, string expected)
    {
        await using var server = new FakeEndpoint().Answers(status, "{\"error\":{\"message\":\"Incorrect API key provided: " + Key + "\"}}");
        using var client = Client(server);

        var failure = await Should.ThrowAsync<ModelUnreachableException>(() => client.GetResponseAsync(Question, cancellationToken: Cancel));

        failure.Message.ShouldContain(expected);
        failure.Message.ShouldContain($"{server.Address}#tiny");
        failure.Message.ShouldNotContain(Key);
        server.Requests.Count.ShouldBe(1);
    }

    /// <summary>What a server says is shown up to a limit; a key that lies across the limit must not be shown in part.</summary>
    [Fact]
    public async Task Of_a_key_that_a_server_repeats_no_part_is_shown()
    {
        foreach (var before in Enumerable.Range(300 - (2 * Key.Length), 2 * Key.Length))
        {
            await using var server = new FakeEndpoint().Answers(400, new string('x', before) + Key);
            using var client = Client(server);

            var failure = await Should.ThrowAsync<ModelUnreachableException>(() => client.GetResponseAsync(Question, cancellationToken: Cancel));

            failure.Message.ShouldNotContain(Key[..3]);
        }
    }

    [Fact]
    public async Task Nothing_listening_is_told_at_once()
    {
        var closed = new FakeEndpoint();
        var address = closed.Address;
        await closed.DisposeAsync();
        using var client = new OpenAiCompatibleChatClient(new EndpointOptions(address, "tiny", Key, IsOpenAi: false), new PacerPool(new PacerOptions(), _time), _time);

        var failure = await Should.ThrowAsync<ModelUnreachableException>(() => client.GetResponseAsync(Question, cancellationToken: Cancel));

        failure.Message.ShouldContain("cannot be reached");
        _time.Pauses.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_that_is_no_completion_is_told_as_such()
    {
        await using var server = new FakeEndpoint { Default = _ => (200, "<html>hello</html>") };
        using var client = Client(server);

        (await Should.ThrowAsync<ModelUnreachableException>(() => client.GetResponseAsync(Question, cancellationToken: Cancel))).Message.ShouldContain("OpenAI-compatible");
    }

    [Fact]
    public async Task A_callers_cancellation_stays_a_cancellation()
    {
        await using var server = new FakeEndpoint().Says("4");
        using var client = Client(server);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => client.GetResponseAsync(Question, cancellationToken: cancelled.Token));
    }

    [Fact]
    public async Task A_server_that_asks_for_a_key_where_none_was_sent_is_told_with_the_variable_to_set()
    {
        await using var server = new FakeEndpoint().Answers(401, """{"error":{"message":"no"}}""");
        using var client = new OpenAiCompatibleChatClient(new EndpointOptions(server.Address, "tiny", ApiKey: null, IsOpenAi: false), new PacerPool(new PacerOptions(), _time), _time);

        var error = await Should.ThrowAsync<ModelUnreachableException>(() => client.GetResponseAsync(Question, cancellationToken: Cancel));

        error.Message.ShouldContain("Set the environment variable PLUMBLINE_API_KEY");
        server.Requests.Count.ShouldBe(1, "a missing key is no overload");
    }

    [Fact]
    public void Printing_the_options_does_not_print_the_key() =>
        new EndpointOptions(new Uri("http://localhost:1/v1"), "tiny", Key, IsOpenAi: false).ToString().ShouldNotContain(Key);

    private OpenAiCompatibleChatClient Client(FakeEndpoint server, Func<PacerOptions, PacerOptions>? change = null)
    {
        var pacing = new PacerOptions();
        return new OpenAiCompatibleChatClient(
            new EndpointOptions(server.Address, "tiny", Key, IsOpenAi: false), new PacerPool(change?.Invoke(pacing) ?? pacing, _time), _time);
    }
}
