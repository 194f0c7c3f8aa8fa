namespace Plumbline.Providers.Anthropic;

/// <summary>
/// Lets out only what this client means to send. The SDK adds headers and tokens of its own from the environment (<c>ANTHROPIC_CUSTOM_HEADERS</c>,
/// <c>ANTHROPIC_AUTH_TOKEN</c>), whichever address it calls; here a key goes where its owner means it, and nothing else goes anywhere.
/// </summary>
/// <param name="apiKey">The key that may go out; null for none.</param>
/// <param name="inner">The transport.</param>
internal sealed class OwnHeadersHandler(string? apiKey, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly string[] Plain = ["User-Agent", "Accept", "anthropic-version"];
    private static readonly string[] WithKey = ["Authorization", "x-api-key"];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        foreach (var (name, values) in request.Headers.ToList())
        {
            if (!IsOwn(name, values)) request.Headers.Remove(name);
        }

        return base.SendAsync(request, cancellationToken);
    }

    private bool IsOwn(string name, IEnumerable<string> values) =>
        Plain.Contains(name, StringComparer.OrdinalIgnoreCase)
        || (apiKey is not null && WithKey.Contains(name, StringComparer.OrdinalIgnoreCase) && values.All(value => value == apiKey || value == "Bearer " + apiKey));
}
