using System.Text.Json.Serialization;
using Plumbline.Costs;

namespace Plumbline.Runs;

/// <summary>What a model answered before there was a plan: a probe's question, or one that prepares an attack (<see cref="PreparationJournal"/>).</summary>
/// <param name="At">When the call ended.</param>
/// <param name="Spender">What it was for.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Question">The hash of all that was asked, and of whom.</param>
/// <param name="Response">The answer's text.</param>
/// <param name="FinishReason">Why the model stopped, as the client said it; null where it does not.</param>
/// <param name="InputTokens">Tokens read, where the client tells.</param>
/// <param name="OutputTokens">Tokens written, where the client tells.</param>
/// <param name="SentTokens">Tokens read as the texts' length says, for where the client does not tell.</param>
public sealed record PreparedRecord(
    DateTimeOffset At,
    Spender Spender,
    string Model,
    string Question,
    string Response,
    string? FinishReason,
    long? InputTokens,
    long? OutputTokens,
    long SentTokens) : JournalRecord(At)
{
    /// <summary>What the call took.</summary>
    [JsonIgnore]
    internal TokenUsage Usage => TokenUsage.OfCall((InputTokens, OutputTokens), (SentTokens, TokenEstimate.Of(Response)));
}
