using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Plumbline.Providers.Tests.OpenAiCompatible;

/// <summary>A server on this machine that answers with what the test queued, and remembers what it was asked.</summary>
internal sealed class FakeEndpoint : IAsyncDisposable
{
    private const int PortsTried = 20;
    private int _notReady;
    private readonly HttpListener _listener;
    private readonly ConcurrentQueue<FakeAnswer> _answers = new();
    private readonly Task _serving;

    public FakeEndpoint()
    {
        (_listener, Port) = Listen(PortsTried);
        _serving = ServeAsync();
    }

    public int Port { get; }

    public Uri Address => new($"http://127.0.0.1:{Port}/v1");

    /// <summary>What is answered where nothing is queued.</summary>
    public Func<FakeRequest, (int Status, string Body)> Default { get; init; } = _ => (500, "nothing queued");

    /// <summary>What is told where the server is asked about itself, by path; null for an address that it does not have. Not counted among the requests.</summary>
    public Func<FakeRequest, string?> Tells { get; init; } = _ => null;

    /// <summary>How often it says that it is not ready (503) before it tells anything of itself.</summary>
    public int NotReadyTimes { get => _notReady; init => _notReady = value; }

    /// <summary>How long each answer takes.</summary>
    public TimeSpan Delay { get; init; }

    public ConcurrentQueue<FakeRequest> Requests { get; } = new();

    public FakeEndpoint Answers(int status, string body, params (string Name, string Value)[] headers)
    {
        _answers.Enqueue(new FakeAnswer(status, body, headers));
        return this;
    }

    public FakeEndpoint Says(string text, string finishReason = "stop") => Answers(200, Completion(text, finishReason));

    public static string Completion(string text, string finishReason = "stop") => JsonSerializer.Serialize(new
    {
        id = "chatcmpl-1",
        @object = "chat.completion",
        created = 1_700_000_000,
        model = "served-model",
        choices = new[] { new { index = 0, message = new { role = "assistant", content = text }, finish_reason = finishReason } },
        usage = new { prompt_tokens = 7, completion_tokens = 3, total_tokens = 10 },
    });

    public FakeEndpoint Streams(params string[] chunks) => Answers(200, string.Concat(chunks.Select(chunk => $"data: {chunk}\n\n")) + "data: [DONE]\n\n", ("Content-Type", "text/event-stream"));

    public static string Chunk(string? text, string? finishReason = null) => JsonSerializer.Serialize(new
    {
        id = "chatcmpl-1",
        @object = "chat.completion.chunk",
        created = 1_700_000_000,
        model = "served-model",
        choices = new[] { new { index = 0, delta = new { content = text }, finish_reason = finishReason } },
    });

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    /// <summary>A listener takes no port 0, and between finding a free one and taking it somebody else may: then another is taken.</summary>
    private static (HttpListener Listener, int Port) Listen(int tries)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();

        var listener = new HttpListener();
        try
        {
            listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            listener.Start();
            return (listener, port);
        }
        catch (Exception exception) when (exception is HttpListenerException or SocketException && tries > 1)
        {
            listener.Close();
            return Listen(tries - 1);
        }
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            _ = AnswerAsync(context);
        }
    }

    private FakeAnswer Next(FakeRequest request)
    {
        Requests.Enqueue(request);
        var (status, body) = Default(request);
        return _answers.TryDequeue(out var queued) ? queued : new FakeAnswer(status, body, []);
    }

    private FakeAnswer AboutItself(FakeRequest request) => Interlocked.Decrement(ref _notReady) >= 0 ? new FakeAnswer(503, "loading", []) : Tells(request) is { } told ? new FakeAnswer(200, told, []) : new FakeAnswer(404, "{}", []);

    // A test's own mistake is an answer too: a caller that gets none waits for minutes.
    private FakeAnswer AnswerTo(FakeRequest request)
    {
        try
        {
            return request.Path is "/props" or "/api/show" ? AboutItself(request) : Next(request);
        }
        catch (Exception exception)
        {
            return new FakeAnswer(400, $"the test could not answer: {exception.Message}", []);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
        var request = new FakeRequest(context.Request.Url!.AbsolutePath, context.Request.Headers["Authorization"], await reader.ReadToEndAsync(), context.Request.Url!.Query,
            context.Request.Headers.AllKeys.ToDictionary(name => name!, name => context.Request.Headers[name], StringComparer.OrdinalIgnoreCase));
        var answer = AnswerTo(request);
        await Task.Delay(Delay);
        try
        {
            context.Response.StatusCode = answer.Status;
            context.Response.ContentType = "application/json";
            foreach (var (name, value) in answer.Headers) context.Response.Headers[name] = value;
            // Writing nothing ends the answer, and closing it would end it once more, in front of the next answer on the connection.
            if (answer.Body.Length > 0)
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer.Body));
            context.Response.Close();
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The caller hung up: that is what some tests are about.
        }
    }

    private sealed record FakeAnswer(int Status, string Body, (string Name, string Value)[] Headers);
}
