using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Primitives;

namespace Plumbline.FaultyServer;

/// <summary>
/// A real HTTP server that speaks <c>POST /v1/chat/completions</c> and <c>POST /v1/messages</c> (Anthropic's) and fails as it is told: for tests and benchmarks of whatever calls such servers.
/// <c>GET /counts</c> tells what it has seen, <c>GET /requests</c> when each request came and went.
/// </summary>
internal sealed class FaultyChatServer : IAsyncDisposable
{
    private const int SubjectLength = 80;

    private readonly FaultOptions _options;
    private readonly IVoice? _voice;
    private readonly TimeProvider _time;
    private readonly WebApplication _application;
    private readonly RequestLedger _ledger = new();
    private readonly SecondWindow? _second;
    private readonly Shape _completion;
    private readonly Shape _message;
    private readonly StringValues _authorization;

    private FaultyChatServer(FaultOptions options, int port, TimeProvider time)
    {
        _options = options;
        _voice = options.Judges ? new JudgingVoice(options.Prose, options.Seed) : options.Complies is { } complies ? new AnsweringVoice(complies, options.Seed) : null;
        _time = time;
        _second = options.RequestsPerSecond is { } most ? new SecondWindow(most, time) : null;
        _completion = Shape.Of(CompletionBytes.Good, options.Answer);
        _message = Shape.Of(CompletionBytes.GoodMessage, options.Answer);
        _authorization = options.Key is { } key ? "Bearer " + key : StringValues.Empty;
        _application = Build(port);
    }

    /// <summary>What a client takes as its base address.</summary>
    public Uri Endpoint => new(new Uri(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()), "/v1");

    /// <summary>What it has seen so far.</summary>
    public RequestCounts Counts => _ledger.Counts;

    /// <summary>Every request that is over.</summary>
    public IReadOnlyCollection<RequestRecord> Requests => _ledger.Records;

    /// <summary>Starts to listen on this machine.</summary>
    /// <param name="options">How it misbehaves.</param>
    /// <param name="port">Where; 0 takes a free port.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    public static async Task<FaultyChatServer> StartAsync(FaultOptions options, int port = 0, CancellationToken cancellationToken = default)
    {
        var server = new FaultyChatServer(options, port, TimeProvider.System);
        await server._application.StartAsync(cancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private WebApplication Build(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Its faults are those that it was told: on a machine that stands still for seconds none is added because a client is slow.
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromMinutes(10);
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(10);
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
        var application = builder.Build();
        application.Run(context => context.Request.Path.Value switch
        {
            "/v1/chat/completions" => CompleteAsync(context, _completion),
            "/v1/messages" => CompleteAsync(context, _message),
            "/counts" => WriteAsync(context, StatusCodes.Status200OK, JsonSerializer.SerializeToUtf8Bytes(Counts)),
            "/requests" => WriteAsync(context, StatusCodes.Status200OK, JsonSerializer.SerializeToUtf8Bytes(Requests)),
            _ => WriteAsync(context, StatusCodes.Status404NotFound, CompletionBytes.Error("no such path")),
        });
        return application;
    }

    private async Task CompleteAsync(HttpContext context, Shape shape)
    {
        var visit = _ledger.Arrive(_time.GetTimestamp());
        try
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            await AnswerAsync(context, shape, visit, body);
        }
        catch (Exception exception) when (context.RequestAborted.IsCancellationRequested && exception is OperationCanceledException or IOException)
        {
            _ledger.Ended("HungUp");
        }
        finally
        {
            _ledger.Leave(visit, _time.GetTimestamp());
        }
    }

    private async Task AnswerAsync(HttpContext context, Shape shape, RequestVisit visit, MemoryStream body)
    {
        if (_options.Key is { } key && context.Request.Headers.Authorization != _authorization && context.Request.Headers["x-api-key"] != key)
        {
            _ledger.Ended(RequestLedger.Unauthorised);
            await WriteAsync(context, StatusCodes.Status401Unauthorized, CompletionBytes.Error("Incorrect API key provided."));
            return;
        }

        if (visit.InProgress > _options.MaxConcurrency || _second?.TryTake() == false)
        {
            await RefuseAsync(context, RequestLedger.OverLimit);
            return;
        }

        switch (FaultDraw.Of(_options, visit.Number))
        {
            case Fault.RateLimited:
                await RefuseAsync(context, nameof(Fault.RateLimited));
                break;
            case Fault.ServerError:
                _ledger.Ended(nameof(Fault.ServerError));
                await WriteAsync(context, StatusCodes.Status500InternalServerError, CompletionBytes.Error("The server had an error."));
                break;
            case Fault.Hang:
                _ledger.Ended(nameof(Fault.Hang));
                await Task.Delay(Timeout.InfiniteTimeSpan, _time, context.RequestAborted);
                break;
            case Fault.Cut:
                await PauseAsync(context);
                await CutAsync(context, shape.Good);
                break;
            case Fault.Malformed:
                await PauseAsync(context);
                _ledger.Ended(nameof(Fault.Malformed));
                await WriteAsync(context, StatusCodes.Status200OK, shape.Malformed[visit.Number % shape.Malformed.Length]);
                break;
            case var _ when RefusesLogprobs(body):
                await PauseAsync(context);
                _ledger.Ended("Refused");
                await WriteAsync(context, StatusCodes.Status400BadRequest, CompletionBytes.Error($"logprobs: at most {_options.MostLogprobs} are told"));
                break;
            default:
                await PauseAsync(context);
                // Counted before it is sent, so that whoever has the answer finds it counted.
                await WriteAsync(context, StatusCodes.Status200OK, Counted(shape, visit, body));
                break;
        }
    }

    private bool RefusesLogprobs(MemoryStream body)
    {
        if (_options.MostLogprobs is not { } most) return false;
        using var request = JsonDocument.Parse(body.GetBuffer().AsMemory(0, (int)body.Length));
        return WantedLogprobs(request.RootElement) is { } wanted && (most == 0 || wanted > most);
    }

    private static int? WantedLogprobs(JsonElement request) =>
        request.TryGetProperty("logprobs", out var wanted) && wanted.ValueKind == JsonValueKind.True ? request.TryGetProperty("top_logprobs", out var most) ? most.GetInt32() : 0 : null;

    private byte[] Counted(Shape shape, RequestVisit visit, MemoryStream body)
    {
        var sent = body.GetBuffer().AsMemory(0, (int)body.Length);
        if (_options.MostLogprobs is not null)
        {
            using var whole = JsonDocument.Parse(sent);
            if (WantedLogprobs(whole.RootElement) is { } wanted)
            {
                _ledger.Answered(visit, sent.Span, subject: null, _time.GetTimestamp());
                var likeliest = _options.Likeliest(whole.RootElement).OrderByDescending(token => token.Logprob).ToList();
                return likeliest.Count > 0 ? CompletionBytes.GoodToken(likeliest, wanted) : shape.Good;
            }
        }

        if (_voice is null && _options.Say is null)
        {
            _ledger.Answered(visit, sent.Span, subject: null, _time.GetTimestamp());
            return shape.Good;
        }

        using var request = JsonDocument.Parse(sent);
        if (_options.Say is { } say)
        {
            var said = shape.Saying(say(request.RootElement));
            _ledger.Answered(visit, sent.Span, subject: null, _time.GetTimestamp());
            return said;
        }

        var asked = AskedChat.Of(request.RootElement);
        var (answer, subject) = (shape.Saying(_voice!.Say(asked)), _voice.SubjectOf(asked));
        _ledger.Answered(visit, _voice.ContentOf(asked) is { } content ? Encoding.UTF8.GetBytes(content) : sent.Span, subject.Length <= SubjectLength ? subject : subject[..SubjectLength], _time.GetTimestamp());
        return answer;
    }

    private Task PauseAsync(HttpContext context) => _options.Latency > TimeSpan.Zero ? Task.Delay(_options.Latency, _time, context.RequestAborted) : Task.CompletedTask;

    private Task RefuseAsync(HttpContext context, string outcome)
    {
        _ledger.Ended(outcome);
        if (_options.RetryAfter is { } wait) context.Response.Headers.RetryAfter = wait.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        return WriteAsync(context, StatusCodes.Status429TooManyRequests, CompletionBytes.Error("Rate limit reached."));
    }

    private async Task CutAsync(HttpContext context, byte[] good)
    {
        _ledger.Ended(nameof(Fault.Cut));
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = good.Length;
        await context.Response.Body.WriteAsync(good.AsMemory(0, good.Length / 2), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    }

    private static Task WriteAsync(HttpContext context, int status, byte[] body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, 0, body.Length, context.RequestAborted);
    }

    /// <summary>The bodies of one protocol.</summary>
    private sealed record Shape(byte[] Good, byte[][] Malformed, Func<string, byte[]> Saying)
    {
        public static Shape Of(Func<string, byte[]> saying, string answer) => new(saying(answer), CompletionBytes.Malformed(saying(answer)), saying);
    }
}
