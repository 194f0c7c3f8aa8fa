using System.ClientModel;
using Plumbline.Calls;
using Plumbline.Providers.Pacing;

namespace Plumbline.Providers.OpenAiCompatible;

/// <summary>Says in words what an endpoint's failure means and what to do about it.</summary>
internal static class EndpointFailure
{
    /// <summary>Whether the server withheld the answer because of its content, which is a finish reason and not a failure.</summary>
    public static bool IsContentFilter(Exception exception) =>
        exception is ClientResultException { Status: 400 or 403 } refused && refused.Message.Contains("content_filter", StringComparison.OrdinalIgnoreCase);

    /// <summary>The sentence for a call that the pacer has given up.</summary>
    public static ModelUnreachableException Explain(CallFailedException failed, EndpointOptions options, PacerOptions pacing)
    {
        var explained = Explain(failed.Failure, Tries(failed, pacing), failed.InnerException ?? failed, options, pacing);
        FailedAttempts.Attach(explained, failed.Causes);
        return explained;
    }

    /// <summary>The sentence for a stream that broke after it had begun.</summary>
    public static ModelUnreachableException Explain(AttemptFailure failure, Exception exception, EndpointOptions options, PacerOptions pacing) =>
        Explain(failure, "", exception, options, pacing);

    private static ModelUnreachableException Explain(AttemptFailure failure, string tries, Exception cause, EndpointOptions options, PacerOptions pacing)
    {
        var place = options.ToString();
        var sentence = failure switch
        {
            { Fault: AttemptFault.KeyRefused, Status: 429 } => $"{place} says that the quota of this key is used up. Add to it, or use another key, and run the same command again: finished cases are kept.",
            { Status: 401 or 403 } => options.ApiKey is null
                ? $"{place} lets nobody in without a key, and none was sent. Set the environment variable PLUMBLINE_API_KEY to a key of this endpoint, and run the same command again (OPENAI_API_KEY goes to api.openai.com alone)."
                : $"{place} refuses the key from the environment. Check that it belongs to this endpoint and may use this model.",
            { Status: 404 } =>
                $"{place} was not found: the address must end where the server's API begins (usually /v1), and the model must exist there ({options.Endpoint}/models lists them).",
            { Fault: AttemptFault.RateLimited, Wait: { } wait } when wait >= pacing.TotalDeadline =>
                $"{place} asks to wait {wait.TotalMinutes:0} minutes, longer than one call may take ({pacing.TotalDeadline.TotalMinutes:0} minutes). Run the same command again then: finished cases are kept.",
            { Fault: AttemptFault.RateLimited } => $"{place} stays over its rate limit{tries}. Wait, or lower --max-concurrency, and run the same command again: finished cases are kept.",
            { Fault: AttemptFault.RequestRefused } => $"{place} refuses the request as malformed.",
            { Fault: AttemptFault.ServerError } => $"{place} fails with HTTP status {failure.Status}{tries}.",
            { Fault: AttemptFault.TimedOut } => $"{place} gave no answer within {pacing.AttemptTimeout.TotalSeconds:0} seconds{tries}.",
            { Fault: AttemptFault.Malformed } => $"{place} answers something that is not a chat completion{tries}. Check that the address is an OpenAI-compatible API.",
            { Fault: AttemptFault.Broken } => $"{place} breaks the connection before the answer is whole{tries}.",
            _ => $"{place} cannot be reached{tries}. Check the address, and that the server is running.",
        };
        return new ModelUnreachableException($"{sentence} (The server or the network says: {WithoutKey(FirstLine(cause), options.ApiKey)})", cause);
    }

    private static string Tries(CallFailedException failed, PacerOptions pacing) => failed.Why switch
    {
        GivenUp.Deadline => $" after {failed.Attempts} attempts within the {pacing.TotalDeadline.TotalMinutes:0.#} minutes that one call may take",
        _ when failed.Attempts > 1 => $" after {failed.Attempts - 1} retries",
        _ => "",
    };

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
