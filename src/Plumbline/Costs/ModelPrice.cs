namespace Plumbline.Costs;

/// <summary>What a model's tokens cost, in the price list's currency.</summary>
/// <param name="InputPerMillion">A million tokens read; not negative.</param>
/// <param name="OutputPerMillion">A million tokens written; not negative.</param>
public sealed record ModelPrice(decimal InputPerMillion, decimal OutputPerMillion)
{
    /// <summary>What runs on the user's own machine, or was recorded before, costs nothing.</summary>
    public static ModelPrice Free { get; } = new(0, 0);

    /// <summary>What the tokens cost.</summary>
    public decimal Of(long inputTokens, long outputTokens) => ((inputTokens * InputPerMillion) + (outputTokens * OutputPerMillion)) / 1_000_000m;

    /// <summary>What the calls cost.</summary>
    public decimal Of(TokenUsage usage) => Of(usage.InputTokens, usage.OutputTokens);
}
