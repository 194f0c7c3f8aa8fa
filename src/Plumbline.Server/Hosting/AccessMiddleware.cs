using System.Net;
using System.Security.Cryptography;
using System.Text;
using Plumbline.Server.Errors;

namespace Plumbline.Server.Hosting;

/// <summary>Lets in who shows the key, and keeps out web pages that reach this machine through a name of their own.</summary>
internal sealed class AccessMiddleware(RequestDelegate next, ModelServerOptions options)
{
    private readonly byte[]? key = options.ApiKey is null ? null : Digest(options.ApiKey);

    public Task InvokeAsync(HttpContext context)
    {
        // A page on the internet can point its own host name at 127.0.0.1 (DNS rebinding); the Host header gives it away.
        if (IPAddress.IsLoopback(options.Address) && !IsLocalName(context.Request.Host.Host))
            throw new ApiException("This server answers to localhost only.") { Status = StatusCodes.Status403Forbidden };
        if (key is not null && context.Request.Path != "/healthz" && !ShowsKey(context.Request))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            throw new ApiException($"The API key is missing or wrong. Send the server's {ModelServerOptions.KeyVariable} as a bearer token.") { Status = StatusCodes.Status401Unauthorized, Code = "invalid_api_key" };
        }

        return next(context);
    }

    private static bool IsLocalName(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private bool ShowsKey(HttpRequest request)
    {
        const string scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(Digest(header[scheme.Length..].Trim()), key);
    }

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
