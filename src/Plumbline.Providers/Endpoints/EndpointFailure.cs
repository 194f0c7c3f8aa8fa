using System.Security.Authentication;
using System.Text;
using System.Text.RegularExpressions;
using Plumbline.Calls;
using Plumbline.Files;
using Plumbline.Providers.Pacing;

namespace Plumbline.Providers.Endpoints;

/// <summary>Says in words what an endpoint's failure means and what to do about it.</summary>
internal static partial class EndpointFailure
{
    /// <summary>The sentence for a call that the pacer has given up.</summary>
    public static ModelUnreachableException Explain(CallFailedException failed, EndpointPlace place, PacerOptions pacing)
    {
        var explained = Explain(failed.Failure, Tries(failed, pacing), failed.InnerException ?? failed, place, pacing);
        FailedAttempts.Attach(explained, failed.Causes);
        // One that was not sent at all was given up for what others showed.
        if (failed.Failure.Fault == AttemptFault.KeyRefused || failed.Attempts == 0) RefusedCalls.Attach(explained, RefusalScope.EveryCall);
        else if (failed.Failure.Fault is AttemptFault.RequestRefused or AttemptFault.Forbidden) RefusedCalls.Attach(explained, RefusalScope.ThisRequest);
        return explained;
    }

    /// <summary>The sentence for a stream that broke after it had begun.</summary>
    public static ModelUnreachableException Explain(AttemptFailure failure, Exception exception, EndpointPlace place, PacerOptions pacing) =>
        Explain(failure, "", exception, place, pacing);

    private static ModelUnreachableException Explain(AttemptFailure failure, string tries, Exception cause, EndpointPlace place, PacerOptions pacing)
    {
        var sentence = failure switch
        {
            { Fault: AttemptFault.KeyRefused, Status: not 401 } => $"{place} says that the quota of this key is used up. Add to it, or use another key, and run the same command again: finished cases are kept.",
            { Fault: AttemptFault.Forbidden } => $"{place} refuses this request with HTTP status {failure.Status}, and does not say that its key or its content is why. Where every request gets that, "
                + (place.Secrets.Count > 0 ? "check that the key from the environment belongs to this endpoint and may use this model." : $"it may want a key, and none was sent{(place.KeyVariable is { } variable ? $" (environment variable {variable})" : "")}.")
                + " Otherwise something in front of the model stops this prompt.",
            { Status: 401 or 403 } => KeyRefused(place),
            { Status: >= 300 and < 400 } => $"{place} sends callers to another address. Give that one: a key is for the address that was named.",
            { Status: 404 } => $"{place} was not found. {place.Advice}",
            { Fault: AttemptFault.RateLimited, Wait: { } wait } when wait >= pacing.TotalDeadline =>
                $"{place} asks to wait {wait.TotalMinutes:0} minutes, longer than one call may take ({pacing.TotalDeadline.TotalMinutes:0} minutes). Run the same command again then: finished cases are kept.",
            { Fault: AttemptFault.RateLimited } => $"{place} stays over its rate limit{tries}. Wait, or lower --max-concurrency, and run the same command again: finished cases are kept.",
            { Fault: AttemptFault.RequestRefused } when RefusesTemperature().IsMatch(cause.Message) =>
                $"{place} refuses the request. Where the model takes no other temperature than its own, put ?temperature=server behind its name (before the '#' of an address), on both sides.",
            { Fault: AttemptFault.RequestRefused } => $"{place} refuses the request as malformed.",
            { Fault: AttemptFault.ServerError } => $"{place} fails with HTTP status {failure.Status}{tries}.",
            { Fault: AttemptFault.TimedOut } => $"{place} gave no answer within {pacing.AttemptTimeout.TotalSeconds:0} seconds{tries}.",
            { Fault: AttemptFault.Malformed } when Of<ErrorAnswerException>(cause) is not null =>
                $"{place} answers with an error in the place of {place.Answer}{tries}. The address is right; what it says is for the server, or for a gateway in front of it, to mend.",
            { Fault: AttemptFault.Malformed } when Of<DecoderFallbackException>(cause) is not null =>
                $"{place} answers in bytes that are not UTF-8{tries}, which JSON must be in. Set the server, or what stands in front of it, to UTF-8.",
            { Fault: AttemptFault.Malformed } when Of<HttpRequestException>(cause) is { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } =>
                $"{place} sends more headers with its answer than are read (64 KiB){tries}. Look for what adds them: the server, or a gateway in front of it.",
            { Fault: AttemptFault.Malformed } => $"{place} answers something that is not {place.Answer}{tries}. {place.Advice}",
            { Fault: AttemptFault.Broken } => $"{place} breaks the connection before the answer is whole{tries}.",
            { Fault: AttemptFault.Unreachable or AttemptFault.Broken } when OpenFiles.AreUsedUp(cause) =>
                $"{place} could not be called, because this process may open no more files and connections at once. Raise the limit (ulimit -n), or lower --max-concurrency.",
            { Fault: AttemptFault.Unreachable } when Of<AuthenticationException>(cause) is { } refused =>
                $"{place} shows a certificate that this machine does not trust: {place.WithoutSecrets(refused.Message)} Add the authority that signed it to the machine's trusted certificates, or give the address that it is for.",
            _ => $"{place} cannot be reached{tries}. Check the address, and that the server is running.",
        };
        return new ModelUnreachableException($"{sentence} (The server or the network says: {FirstLine(cause, place)})", cause);
    }

    /// <summary>The exception of this type in the chain of causes; null where there is none.</summary>
    private static T? Of<T>(Exception? exception)
        where T : Exception
    {
        while (exception is not null and not T) exception = exception.InnerException;
        return exception as T;
    }

    // A server may repeat the request, which holds the word in any case: it must stand in a sentence on what is taken.
    [GeneratedRegex("""temperature(?!["']\s*:)[^{}\[\]]{0,80}?(support|default|allow|only|must|deprecat|between)|(support|default|allow|only|deprecat)[^{}\[\]:]{0,80}?temperature(?!["']\s*:)|"param"\s*:\s*"temperature\b""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex RefusesTemperature();

    private static string KeyRefused(EndpointPlace place) =>
        place.Secrets.Count > 0 ? $"{place} refuses the key from the environment. Check that it belongs to this endpoint and may use this model."
        : place.KeyVariable is { } variable
            ? $"{place} lets nobody in without a key, and none was sent. Set the environment variable {variable} to a key of this endpoint, and run the same command again (a vendor's own variable, such as OPENAI_API_KEY, goes to that vendor's address alone)."
            : $"{place} lets nobody in without a key, and none was sent. Add a header with a reference to the environment, such as ${{MY_KEY}}, to its description.";

    private static string Tries(CallFailedException failed, PacerOptions pacing) => failed.Why switch
    {
        GivenUp.Deadline => $" after {failed.Attempts} attempts within the {pacing.TotalDeadline.TotalMinutes:0.#} minutes that one call may take",
        _ when failed.Attempts > 1 => $" after {failed.Attempts - 1} retries",
        _ => "",
    };

    private static string FirstLine(Exception exception, EndpointPlace place)
    {
        while (exception is AggregateException { InnerException: { } inner }) exception = inner;
        // Before anything is cut: half a key is recognised no more.
        var lines = place.WithoutSecrets(exception.Message).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var text = lines.Length switch { 0 => exception.GetType().Name, 1 => lines[0], _ => lines[0] + " " + lines[1] };
        return text.Length > 300 ? text[..300] + "…" : text;
    }
}
