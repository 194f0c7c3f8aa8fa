namespace Plumbline.Providers.Endpoints;

/// <summary>The connections to an endpoint: no timeout and no retry of their own, since the pacer does both, and no redirects, since a key is for the
/// address that the user named.</summary>
internal static class EndpointTransport
{
    /// <summary>Sockets, or what a test puts in their place.</summary>
    public static HttpMessageHandler Handler(HttpMessageHandler? other = null) => other ?? new SocketsHttpHandler
    {
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        AllowAutoRedirect = false,
    };

    /// <summary>A client over them, which reads no endless answers.</summary>
    public static HttpClient Client(HttpMessageHandler handler) => new(new BoundedAnswerHandler(handler)) { Timeout = Timeout.InfiniteTimeSpan };
}
