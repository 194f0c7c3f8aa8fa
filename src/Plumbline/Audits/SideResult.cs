using System.Text.Json.Serialization;
using Plumbline.Judges;

namespace Plumbline.Audits;

/// <summary>What one side answered to a case, and what the judge said of it.</summary>
/// <param name="Response">The answer, as the model gave it: hostile input wherever it is shown. Empty where the call failed.</param>
/// <param name="FinishReason">"stop", "length", "content_filter", or a word of the server's for one of them; "error" where the call failed.</param>
/// <param name="Score">The scores; null where unscored.</param>
/// <param name="Unscored">Why there is no score; null where there is one.</param>
/// <param name="Reason">The judge's reason, or what went wrong.</param>
/// <param name="OutputTokens">The answer's length in tokens, where the client tells.</param>
/// <param name="Seconds">How long the call took.</param>
/// <param name="Faults">Why attempts before the answer failed, or all attempts of a failed call; null where none did, or the client does not
/// tell.</param>
public sealed record SideResult(
    string Response,
    string FinishReason,
    CriteriaScore? Score,
    UnscoredReason? Unscored,
    string Reason,
    long? OutputTokens,
    double Seconds,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Faults = null)
{
    /// <summary>The score on the judge's own scale, by name, where that is not the criteria's; null otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, double>? Native { get; init; }

    /// <summary>The score without texts.</summary>
    internal SideScore Outline() => new(Score, Unscored, Faults is not null);
}
