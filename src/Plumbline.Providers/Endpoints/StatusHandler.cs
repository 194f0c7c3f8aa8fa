using System.Text;

namespace Plumbline.Providers.Endpoints;

/// <summary>Turns every status that is no success into an <see cref="EndpointStatusException"/>, which keeps headers and body where an SDK drops them.</summary>
internal sealed class StatusHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const int LongestBody = 16 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode) return response;
        using (response) throw new EndpointStatusException((int)response.StatusCode, await BeginningAsync(response, cancellationToken), HeadersOf(response));
    }

    /// <summary>A header's value by its name.</summary>
    public static Func<string, string?> HeadersOf(HttpResponseMessage response) =>
        name => response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    private static async Task<string> BeginningAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var bytes = new byte[LongestBody];
        var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(bytes, 0, length);
    }
}
