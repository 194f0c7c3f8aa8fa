using System.ClientModel;
using System.Net.Sockets;

namespace Plumbline.Providers.OpenAiCompatible;

/// <summary>Says in words what an endpoint's failure means and what to do about it.</summary>
internal static class EndpointFailure
{
    /// <summary>Whether the failure is the endpoint's; anything else (a bug, a cancellation by the caller) passes through untouched.</summary>
    public static bool IsFailure(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        ClientResultException or HttpRequestException or IOException or SocketException or TimeoutException => true,
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        AggregateException all => all.InnerExceptions.All(inner => IsFailure(inner, cancellationToken)),
        System.Text.Json.JsonException or FormatException => true,
        _ => false,
    };

    /// <summary>Whether the server withheld the answer because of its content, which is a finish reason and not a failure.</summary>
    public static bool IsContentFilter(Exception exception) =>
        exception is ClientResultException { Status: 400 or 403 } refused && refused.Message.Contains("content_filter", StringComparison.OrdinalIgnoreCase);

    public static ModelUnreachableException Explain(Exception exception, EndpointOptions options)
    {
        var place = options.ToString();
        var sentence = exception switch
        {
            ClientResultException { Status: 401 or 403 } => options.ApiKey is null
                ? $"{place} lets nobody in without a key, and none was sent. Set the environment variable PLUMBLINE_API_KEY to a key of this endpoint, and run the same command again (OPENAI_API_KEY goes to api.openai.com alone)."
                : $"{place} refuses the key from the environment. Check that it belongs to this endpoint and may use this model.",
            ClientResultException { Status: 404 } =>
                $"{place} was not found: the address must end where the server's API begins (usually /v1), and the model must exist there ({options.Endpoint}/models lists them).",
            ClientResultException { Status: 429 } => $"{place} stays over its rate limit after {options.MaxRetries} retries. Wait, or lower --concurrency, and run the same command again: finished cases are kept.",
            ClientResultException { Status: 400 or 422 } => $"{place} refuses the request as malformed.",
            ClientResultException { Status: > 0 } failed => $"{place} fails with HTTP status {failed.Status} after {options.MaxRetries} retries.",
            OperationCanceledException or TimeoutException => $"{place} gave no answer within {options.AttemptTimeout.TotalSeconds:0} seconds.",
            System.Text.Json.JsonException or FormatException => $"{place} answers something that is not a chat completion. Check that the address is an OpenAI-compatible API.",
            _ => $"{place} cannot be reached. Check the address, and that the server is running.",
        };
        return new ModelUnreachableException($"{sentence} (The server or the network says: {WithoutKey(FirstLine(exception), options.ApiKey)})", exception);
    }

    private static string FirstLine(Exception exception)
    {
        while (exception is AggregateException { InnerException: { } inner }) exception = inner;
        var lines = exception.Message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var text = lines.Length switch { 0 => exception.GetType().Name, 1 => lines[0], _ => lines[0] + " " + lines[1] };
        return text.Length > 300 ? text[..300] + "…" : text;
    }

    /// <summary>Servers like to repeat the key they refuse.</summary>
    private static string WithoutKey(string text, string? key) => key is { Length: > 0 } ? text.Replace(key, "[key]", StringComparison.Ordinal) : text;
}
