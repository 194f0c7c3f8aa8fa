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
    [InlineData(200, 16_777_217, "the answer is longer than 16 MiB")]
    [InlineData(400, 65_536, "refuses the request")]
    public async Task Of_a_response_without_an_end_no_more_is_read_than_an_answer_can_be_long(int status, int most, string expected)
    {
        using var endless = new EndlessHandler((HttpStatusCode)status);
        using var client = new OpenAiCompatibleChatClient(Options(new Uri("http://localhost:1/v1")), new PacerPool(new PacerOptions { MaxRetries = 0 }, _time), _time, endless);

        var failure = await Should.ThrowAsync<ModelUnreachableException>(() => client.GetResponseAsync("?", cancellationToken: Cancel));

        failure.Message.ShouldContain(expected);
        endless.MostRead.ShouldBeLessThanOrEqualTo(most);
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

    private sealed class EndlessHandler(HttpStatusCode status) : HttpMessageHandler
    {
        private readonly List<EndlessStream> _streams = [];

        public long MostRead => _streams.Max(stream => stream.Taken);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            _streams.Add(new EndlessStream());
            return Task.FromResult(new HttpResponseMessage(status) { Content = new StreamContent(_streams[^1]), RequestMessage = request });
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
