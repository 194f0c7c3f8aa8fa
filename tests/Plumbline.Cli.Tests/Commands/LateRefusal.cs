using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Plumbline.Cli.Tests.Commands;

/// <summary>A server that answers so many calls, and then refuses whoever asks.</summary>
internal sealed class LateRefusal : IAsyncDisposable
{
    private const string Completion = """{"id":"1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"I can't help with that."},"finish_reason":"stop"}]}""";
    private readonly HttpListener _listener = new();
    private readonly Task _serving;
    private int _left;

    public LateRefusal(int answers)
    {
        _left = answers;
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Endpoint = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/v1";
        }

        _listener.Prefixes.Add(Endpoint[..^"v1".Length]);
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Endpoint { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                var isLeft = _left-- > 0;
                context.Response.StatusCode = isLeft ? 200 : 401;
                context.Response.ContentType = "application/json";
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(isLeft ? Completion : """{"error":{"message":"Incorrect API key"}}"""));
                context.Response.Close();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
