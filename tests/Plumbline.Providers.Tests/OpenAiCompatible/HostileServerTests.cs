using System.Net;
using System.Security.Authentication;
using Microsoft.Extensions.AI;
using Plumbline.Calls;
using Plumbline.Providers.Models;
using Plumbline.Providers.OpenAiCompatible;
using Plumbline.Providers.Pacing;
using Shouldly;

namespace Plumbline.Providers.Tests.OpenAiCompatible;

/// <summary>What a server can do to whoever calls it: never end, repeat the key, and point to the wrong fault.</summary>
public sealed class HostileServerTests
{
    private const string Key = "sk-a/b+c&d-1234567890";
    private readonly HurriedTime _time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(200, null, 16_777_217, "the answer is longer than 16 MiB")]
    [InlineData(400, null, 65_536, "refuses the request")]
    // Beside a transfer in chunks, a length binds nothing.
    [InlineData(200, 5L, 16_777_217, "the answer is longer than 16 MiB")]
    public async Task Of_a_response_without_an_end_no_more_is_read_than_an_answer_can_be_long(int status, long? told, int most, string expected)
    {
        using var endless = new EndlessHandler((HttpStatusCode)status, told);
        using var client = new OpenAiCompatibleChatClient(Options(new Uri("http://localhost:1/v1")), new PacerPool(new PacerOptions { MaxRetries = 0 }, _time), _time, endless);

        var failure = await Should.ThrowAsync<ModelUnreachableException>(() => client.GetResponseAsync("?", cancellationToken: Cancel));

        failure.Message.ShouldContain(expected);
        endless.MostRead.ShouldBeLessThanOrEqualTo(most);
    }

    [Theory]
    [InlineData("""{"error":{"message":"the model is loading","type":"internal"}}""", "answers with an error in the place of a chat completion", "the model is loading")]
    [InlineData("""{"object":"error","message":"out of memory","code":null}""", "answers with an error in the place of a chat completion", "out of memory")]
    [InlineData("""{"error":"upstream is gone"}""", "answers with an error in the place of a chat completion", "upstream is gone")]
    [InlineData("""{"error":{"code":429,"message":"slow down"}}""", "stays over its rate limit", "slow down")]
    [InlineData("""{"error":{"code":401,"message":"no such key"}}""", "refuses the key", "no such key")]
    [InlineData("""{"error":{"code":503,"message":"overloaded"}}""", "fails with HTTP status 503", "overloaded")]
    public async Task An_error_with_the_status_of_an_answer_is_told_as_what_it_is(string body, string expected, string said)
    {
        using var handler = new OneAnswer(() => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body) });

        var failure = await FailureAsync(handler);

        failure.Message.ShouldContain(expected);
        failure.Message.ShouldContain(said);
        failure.Message.ShouldNotContain("Check the address");
        failure.Message.ShouldNotContain("The address must be");
    }

    [Fact]
    public async Task A_prompt_that_is_stopped_with_the_status_of_an_answer_is_withheld()
    {
        await using var server = new FakeEndpoint { Default = _ => (200, """{"error":{"code":403,"message":"your prompt was flagged"}}""") };
        using var client = new OpenAiCompatibleChatClient(Options(server.Address), new PacerPool(new PacerOptions(), _time), _time);

        (await client.GetResponseAsync("?", cancellationToken: Cancel)).FinishReason.ShouldBe(ChatFinishReason.ContentFilter);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_and_headers_without_an_end_are_told_apart_from_a_wrong_address()
    {
        var bytes = """{"choices":[{"message":{"content":"caf_"},"finish_reason":"stop"}]}"""u8.ToArray();
        bytes[Array.IndexOf(bytes, (byte)'_')] = 0xE9;
        using var latin = new OneAnswer(() => new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(bytes) });
        using var headers = new OneAnswer(() => throw new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded, "The HTTP response headers length exceeded the set limit of 65536 bytes."));

        (await FailureAsync(latin)).Message.ShouldContain("answers in bytes that are not UTF-8");
        (await FailureAsync(headers)).Message.ShouldContain("sends more headers with its answer than are read");
    }

    [Fact]
    public async Task A_key_that_an_answer_repeats_is_not_in_it()
    {
        await using var server = new FakeEndpoint().Says($"Your header was Bearer {Key}.");
        using var client = new OpenAiCompatibleChatClient(Options(server.Address), new PacerPool(new PacerOptions(), _time), _time);

        (await client.GetResponseAsync("?", cancellationToken: Cancel)).Text.ShouldBe("Your header was Bearer [key].");
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("sk-a\\/b+c&d-1234567890")]
    [InlineData("sk-a/b\\u002Bc\\u0026d-1234567890")]
    [InlineData("sk-a/b\\u002bc\\u0026d-1234567890")]
    [InlineData("sk-a%2Fb%2Bc%26d-1234567890")]
    public async Task However_a_key_is_escaped_it_is_not_shown(string said)
    {
        await using var server = new FakeEndpoint().Answers(400, said.Replace("{0}", Key, StringComparison.Ordinal));
        using var client = new OpenAiCompatibleChatClient(Options(server.Address), new PacerPool(new PacerOptions(), _time), _time);

        (await Should.ThrowAsync<ModelUnreachableException>(() => client.GetResponseAsync("?", cancellationToken: Cancel))).Message.ShouldNotContain("1234567890");
    }

    [Theory]
    [InlineData("""{"error":{"message":"bad request","request":{"model":"m","temperature":0,"messages":[]}}}""", false)]
    [InlineData("""{"error":{"message":"You sent {'temperature': 0, 'only': 1}"}}""", false)]
    [InlineData("""{"error":{"message":"Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported."}}""", true)]
    [InlineData("""{"error":{"message":"temperature is deprecated for this model"}}""", true)]
    [InlineData("""{"error":{"message":"Unsupported parameter","param": "temperature"}}""", true)]
    public async Task Only_a_server_that_refuses_the_temperature_is_said_to(string said, bool isTold)
    {
        await using var server = new FakeEndpoint().Answers(400, said);
        using var client = new OpenAiCompatibleChatClient(Options(server.Address), new PacerPool(new PacerOptions(), _time), _time);

        var failure = await Should.ThrowAsync<ModelUnreachableException>(() => client.GetResponseAsync("?", cancellationToken: Cancel));

        failure.Message.Contains("?temperature=server", StringComparison.Ordinal).ShouldBe(isTold, failure.Message);
        RefusedCalls.Of(failure).ShouldBe(RefusalScope.ThisRequest);
    }

    [Theory]
    [InlineData(401, RefusalScope.EveryCall)]
    [InlineData(402, RefusalScope.EveryCall)]
    [InlineData(400, RefusalScope.ThisRequest)]
    [InlineData(500, null)]
    public async Task A_failure_tells_whether_other_calls_would_fare_better(int status, RefusalScope? expected)
    {
        await using var server = new FakeEndpoint { Default = _ => (status, "{}") };
        using var client = new OpenAiCompatibleChatClient(Options(server.Address), new PacerPool(new PacerOptions { MaxRetries = 0 }, _time), _time);
        using var hiding = new HidingChatClient(client, text => text.Replace("127.0.0.1", "${HOST}", StringComparison.Ordinal));

        var failure = await Should.ThrowAsync<ModelUnreachableException>(() => hiding.GetResponseAsync("?", cancellationToken: Cancel));

        RefusedCalls.Of(failure).ShouldBe(expected);
        FailedAttempts.Of(failure).ShouldBe([$"{status}"]);
        failure.ToString().ShouldNotContain("127.0.0.1");
        failure.Message.ShouldContain("${HOST}");
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_is_told_as_such()
    {
        using var refusing = new RefusingHandler(new HttpRequestException(
            HttpRequestError.SecureConnectionError, "The SSL connection could not be established, see inner exception.", new AuthenticationException("The remote certificate is invalid: UntrustedRoot")));
        using var client = new OpenAiCompatibleChatClient(Options(new Uri("https://localhost:1/v1")), new PacerPool(new PacerOptions(), _time), _time, refusing);

        var failure = await Should.ThrowAsync<ModelUnreachableException>(() => client.GetResponseAsync("?", cancellationToken: Cancel));

        failure.Message.ShouldContain("a certificate that this machine does not trust: The remote certificate is invalid: UntrustedRoot");
    }

    private static EndpointOptions Options(Uri address) => new(address, "tiny", Key, IsOpenAi: false);

    private sealed class RefusingHandler(Exception exception) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromException<HttpResponseMessage>(exception);
    }

    private async Task<ModelUnreachableException> FailureAsync(HttpMessageHandler handler)
    {
        using var client = new OpenAiCompatibleChatClient(Options(new Uri("http://localhost:1/v1")), new PacerPool(new PacerOptions { MaxRetries = 0 }, _time), _time, handler);
        return await Should.ThrowAsync<ModelUnreachableException>(() => client.GetResponseAsync("?", cancellationToken: Cancel));
    }

    private sealed class OneAnswer(Func<HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer());
    }

    private sealed class EndlessHandler(HttpStatusCode status, long? told) : HttpMessageHandler
    {
        private readonly List<EndlessStream> _streams = [];

        public long MostRead => _streams.Max(stream => stream.Taken);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            _streams.Add(new EndlessStream());
            var content = new StreamContent(_streams[^1]);
            if (told is not null) content.Headers.ContentLength = told;
            return Task.FromResult(new HttpResponseMessage(status) { Content = content, RequestMessage = request });
        }
    }

    private sealed class EndlessStream : MemoryStream
    {
        public long Taken { get; private set; }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            buffer.Fill((byte)' ');
            Taken += buffer.Length;
            return buffer.Length;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(Read(buffer.AsSpan(offset, count)));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));
    }
}
