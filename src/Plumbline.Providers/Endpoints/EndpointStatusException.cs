namespace Plumbline.Providers.Endpoints;

/// <summary>A server answered with a status that is no success.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="body">The beginning of what it said.</param>
/// <param name="header">A header's value by its name; null where there is none.</param>
internal sealed class EndpointStatusException(int status, string body, Func<string, string?> header) : Exception($"HTTP {status}: {body}")
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>The beginning of what the server said.</summary>
    public string Body { get; } = body;

    /// <summary>A header's value by its name; null where there is none.</summary>
    public Func<string, string?> Header { get; } = header;
}
