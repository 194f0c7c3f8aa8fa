using Microsoft.Extensions.AI;

namespace Plumbline.Providers.Recorded;

/// <summary>An answer that was recorded earlier.</summary>
/// <param name="Line">Its line in the file, from 1.</param>
/// <param name="Temperature">The temperature that it was drawn at; null where the line does not say, so that any will do.</param>
/// <param name="MaxOutputTokens">The limit that it was drawn under; null as above.</param>
/// <param name="Seed">The seed that it was drawn with; null as above.</param>
/// <param name="Response">The answer.</param>
/// <param name="FinishReason">Why the model stopped.</param>
/// <param name="InputTokens">Tokens read; null where the line does not say.</param>
/// <param name="OutputTokens">Tokens written; null where the line does not say.</param>
internal sealed record RecordedAnswer(
    int Line, float? Temperature, int? MaxOutputTokens, long? Seed, string Response, string FinishReason, long? InputTokens, long? OutputTokens)
{
    /// <summary>How much of the sampling the line states: the more, the better it fits what it fits.</summary>
    public int Exactness => (Temperature is null ? 0 : 1) + (MaxOutputTokens is null ? 0 : 1) + (Seed is null ? 0 : 1);

    /// <summary>Whether it was drawn as <paramref name="options"/> ask, as far as the line says.</summary>
    public bool Fits(ChatOptions? options) =>
        (Temperature is null || Temperature == options?.Temperature)
        && (MaxOutputTokens is null || MaxOutputTokens == options?.MaxOutputTokens)
        && (Seed is null || Seed == options?.Seed);

    /// <summary>Whether two lines claim the same sampling.</summary>
    public bool IsDrawnLike(RecordedAnswer other) => (Temperature, MaxOutputTokens, Seed) == (other.Temperature, other.MaxOutputTokens, other.Seed);
}
