using System.Text.Json.Serialization;
using Plumbline.Pairs;

namespace Plumbline.Runs;

/// <summary>One side's answer to one case, or the failure of the call. A failed call is tried again when the run is opened again; an
/// answer never is.</summary>
/// <param name="At">When the call ended.</param>
/// <param name="Case">The case's id.</param>
/// <param name="Side">The side.</param>
/// <param name="Response">The answer's text; empty where the call failed.</param>
/// <param name="FinishReason">Why the model stopped: "stop", "length", "content_filter", or what the client said, as <see cref="Calls.AnswerEnds"/> reads it; "error"
/// where the call failed.</param>
/// <param name="OutputTokens">The answer's length in tokens, where the client tells.</param>
/// <param name="Seconds">How long the call took.</param>
/// <param name="Failure">What went wrong; null for an answer.</param>
/// <param name="Faults">
/// Why attempts failed, in order: an HTTP status such as "429", or "timeout", "cut", "malformed", "unreachable". Of an answer they are the attempts
/// before it, of a failed call all its attempts. Null where there were none, or the client does not tell.
/// </param>
/// <param name="InputTokens">The length of what was sent in tokens, where the client tells.</param>
/// <param name="Taken">Where the answer was taken over from; null where it was asked for. What is taken over costs nothing again.</param>
/// <param name="Looks">Of an answer that was taken over after the other side's: the ids of earlier runs that held both of them, and so may have decided about the pair
/// from them, whoever had asked for either. The run that asked for both is not named again. Null where there is none.</param>
public sealed record AnswerRecord(
    DateTimeOffset At,
    string Case,
    Side Side,
    string Response,
    string FinishReason,
    long? OutputTokens,
    double Seconds,
    string? Failure,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Faults = null,
    long? InputTokens = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TakenFrom? Taken = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Looks = null) : JournalRecord(At)
{
    /// <summary>Of an answer that was taken over: whether people had labelled it in an earlier run by then. Their labels are not taken.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Labelled { get; init; }

    /// <summary>The finish reason of a failed call.</summary>
    public const string Error = "error";
}
