using Microsoft.Extensions.AI;

namespace Plumbline.Providers.Recorded;

/// <summary>An answer that was recorded earlier.</summary>
/// <param name="Line">Its line in the file, from 1.</param>
/// <param name="Temperature">The temperature that it was drawn at; null where the line does not say, so that any will do.</param>
/// <param name="MaxOutputTokens">The limit that it was drawn under; null as above.</param>
/// <param name="Seed">The seed that it was drawn with; null as above.</param>
/// <param name="TopP">The top-p that it was drawn with; null as above.</param>
/// <param name="TopK">The top-k that it was drawn with; null as above.</param>
/// <param name="Response">The answer.</param>
/// <param name="FinishReason">Why the model stopped.</param>
/// <param name="InputTokens">Tokens read; null where the line does not say.</param>
/// <param name="OutputTokens">Tokens written; null where the line does not say.</param>
internal sealed record RecordedAnswer(
    int Line, float? Temperature, int? MaxOutputTokens, long? Seed, float? TopP, int? TopK, string Response, string FinishReason, long? InputTokens, long? OutputTokens)
{
    /// <summary>How much of the sampling the line states: the more, the better it fits what it fits.</summary>
    public int Exactness => new object?[] { Temperature, MaxOutputTokens, Seed, TopP, TopK }.Count(part => part is not null);

    /// <summary>Whether it was drawn as <paramref name="options"/> ask, as far as the line says.</summary>
    public bool Fits(ChatOptions? options) =>
        (Temperature is null || Temperature == options?.Temperature)
        && (MaxOutputTokens is null || MaxOutputTokens == options?.MaxOutputTokens)
        && (Seed is null || Seed == options?.Seed)
        && (TopP is null || TopP == options?.TopP)
        && (TopK is null || TopK == options?.TopK);

    /// <summary>Whether two lines claim the same sampling.</summary>
    public bool IsDrawnLike(RecordedAnswer other) => 
        (Temperature, MaxOutputTokens, Seed, TopP, TopK) == (other.Temperature, other.MaxOutputTokens, other.Seed, other.TopP, other.TopK);
}
