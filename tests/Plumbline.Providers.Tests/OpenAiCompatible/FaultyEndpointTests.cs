using System.Diagnostics.Metrics;
using Microsoft.Extensions.AI;
using Plumbline.Calls;
using Plumbline.FaultyServer;
using Plumbline.Providers.OpenAiCompatible;
using Plumbline.Providers.Pacing;
using Shouldly;

namespace Plumbline.Providers.Tests.OpenAiCompatible;

/// <summary>The client over a real server that fails on demand; the server's own count is held against the client's.</summary>
public sealed class FaultyEndpointTests
{
    private static readonly PacerOptions Usual = new() { AttemptTimeout = TimeSpan.FromSeconds(2), FirstPause = TimeSpan.FromMilliseconds(20) };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_call_is_answered_once_or_fails_with_its_reason()
    {
        await using var server = await FaultyChatServer.StartAsync(new FaultOptions { RateLimited = 0.3, ServerErrors = 0.05, Hangs = 0.02, Cuts = 0.02, Malformed = 0.05 }, cancellationToken: Cancel);
        var pool = new PacerPool(Usual with { MaxRetries = 2 }, TimeProvider.System);
        using var client = Client(server, pool);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 400).Select(call => AskAsync(client, call)));

        var (seen, sent) = (server.Counts, pool.Counts);
        var answered = outcomes.Count(outcome => outcome is null);
        (seen.Answered, seen.Distinct, seen.AnsweredTwice).ShouldBe((answered, answered, 0));
        sent.ShouldBe(new PacerCounts(
            seen.Requests, seen.Requests - 400, answered, seen.RateLimited, seen.ServerErrors, seen.Hangs, seen.Cuts + seen.Malformed, 0));
        outcomes.OfType<Exception>().ShouldNotBeEmpty("with two retries some calls are unlucky three times");
        outcomes.OfType<Exception>().ShouldAllBe(failure => failure is ModelUnreachableException && failure.Message.Contains("after 2 retries"));
    }

    [Fact]
    public async Task Hard_limits_of_a_server_are_kept_to_without_losing_a_call()
    {
        await using var server = await FaultyChatServer.StartAsync(
            new FaultOptions { Latency = TimeSpan.FromMilliseconds(10), MaxConcurrency = 8, RequestsPerSecond = 400, RetryAfter = TimeSpan.FromMilliseconds(50) }, cancellationToken: Cancel);
        var pool = new PacerPool(Usual with { MaxConcurrency = 64, MaxRetries = 20 }, TimeProvider.System);
        using var client = Client(server, pool);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 600).Select(call => AskAsync(client, call)));

        outcomes.ShouldAllBe(outcome => outcome == null);
        (server.Counts.Answered, server.Counts.AnsweredTwice).ShouldBe((600, 0));
        server.Counts.OverLimit.ShouldBe(pool.Counts.RateLimited);
    }

    [Theory]
    [InlineData("""{"error":{"message":"You exceeded your current quota","code":"insufficient_quota"}}""", 429, "quota of this key is used up")]
    [InlineData("""{"error":{"message":"Incorrect API key"}}""", 401, "refuses the key")]
    public async Task What_holds_for_every_call_of_a_key_is_shown_once(string body, int status, string expected)
    {
        await using var server = new FakeEndpoint { Default = _ => (status, body) };
        using var client = new OpenAiCompatibleChatClient(
            new EndpointOptions(server.Address, "m", "key", IsOpenAi: false), new PacerPool(Usual, TimeProvider.System), TimeProvider.System);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(call => AskAsync(client, call)));

        outcomes.ShouldAllBe(outcome => outcome is ModelUnreachableException && outcome.Message.Contains(expected));
        server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1, 2]")]
    [InlineData("""{"id":"1","choices":[]}""")]
    [InlineData("""{"id":"1","choi""")]
    [InlineData("")]
    public async Task What_is_no_completion_is_told_as_such(string body)
    {
        await using var server = new FakeEndpoint { Default = _ => (200, body) };
        using var client = new OpenAiCompatibleChatClient(
            new EndpointOptions(server.Address, "m", "key", IsOpenAi: false), new PacerPool(Usual, TimeProvider.System), TimeProvider.System);

        (await AskAsync(client, 0)).ShouldBeOfType<ModelUnreachableException>().Message.ShouldContain("not a chat completion");
        server.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task An_answer_and_a_failure_tell_of_the_attempts_that_failed()
    {
        await using var server = new FakeEndpoint().Answers(429, "{}").Answers(503, "{}").Says("at last").Says("at once").Answers(500, "{}").Answers(429, "{}").Answers(502, "{}");
        var pool = new PacerPool(Usual with { MaxConcurrency = 1, MaxRetries = 2 }, TimeProvider.System);
        using var client = new OpenAiCompatibleChatClient(new EndpointOptions(server.Address, "m", "key", IsOpenAi: false), pool, TimeProvider.System);
        ChatMessage[] question = [new(ChatRole.User, "?")];

        FailedAttempts.Of(await client.GetResponseAsync(question, cancellationToken: Cancel)).ShouldBe(["429", "503"]);
        FailedAttempts.Of(await client.GetResponseAsync(question, cancellationToken: Cancel)).ShouldBeNull();
        FailedAttempts.Of(await Should.ThrowAsync<ModelUnreachableException>(client.GetResponseAsync(question, cancellationToken: Cancel))).ShouldBe(["500", "429", "502"]);
    }

    [Fact]
    public async Task A_stream_counts_as_in_flight_until_it_ends()
    {
        await using var server = new FakeEndpoint().Streams(FakeEndpoint.Chunk("a"), FakeEndpoint.Chunk("b", "stop")).Says("c");
        var pool = new PacerPool(Usual with { MaxConcurrency = 1 }, TimeProvider.System);
        using var client = new OpenAiCompatibleChatClient(new EndpointOptions(server.Address, "m", "key", IsOpenAi: false), pool, TimeProvider.System);

        var stream = client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "?")], cancellationToken: Cancel).GetAsyncEnumerator(Cancel);
        (await stream.MoveNextAsync()).ShouldBeTrue();
        var other = AskAsync(client, 1);
        await Task.Delay(50, Cancel);
        other.IsCompleted.ShouldBeFalse();
        server.Requests.Count.ShouldBe(1);
        await stream.DisposeAsync();

        (await other).ShouldBeNull();
    }

    [Fact]
    public async Task A_listener_in_the_process_is_told_the_counts()
    {
        var told = new List<(string Instrument, string? Outcome)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name == PacerTelemetry.Name) listening.EnableMeasurementEvents(instrument);
        };
        await using var server = new FakeEndpoint().Answers(500, "{}").Says("4");
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var values = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value as string);
            // Other tests of this process call other hosts meanwhile.
            if (values.GetValueOrDefault("host") != server.Address.Authority) return;
            lock (told) told.Add((instrument.Name, values.GetValueOrDefault("outcome")));
        });
        listener.Start();
        using var client = new OpenAiCompatibleChatClient(
            new EndpointOptions(server.Address, "m", "key", IsOpenAi: false), new PacerPool(Usual, TimeProvider.System), TimeProvider.System);

        (await AskAsync(client, 0)).ShouldBeNull();

        told.ShouldBe([("plumbline.pacer.attempts", "ServerError"), ("plumbline.pacer.retries", null), ("plumbline.pacer.attempts", "answered")]);
    }

    private static OpenAiCompatibleChatClient Client(FaultyChatServer server, PacerPool pool) =>
        new(new EndpointOptions(server.Endpoint, "m", "key", IsOpenAi: false), pool, TimeProvider.System);

    private static async Task<Exception?> AskAsync(OpenAiCompatibleChatClient client, int call)
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
    }
}
