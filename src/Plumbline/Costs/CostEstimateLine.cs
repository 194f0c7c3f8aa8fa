namespace Plumbline.Costs;

/// <summary>What one model is expected to take.</summary>
/// <param name="Spender">What it is asked for.</param>
/// <param name="Model">Its name.</param>
/// <param name="Calls">Calls to come.</param>
/// <param name="InputTokens">Tokens read, about.</param>
/// <param name="OutputTokens">Tokens written, about.</param>
/// <param name="MostOutputTokens">Tokens written where every answer is as long as it may be.</param>
/// <param name="Amount">What that costs, about; null where the model has no price.</param>
/// <param name="MostAmount">The same with answers as long as they may be.</param>
public sealed record CostEstimateLine(
    Spender Spender,
    string Model,
    long Calls,
    long InputTokens,
    long OutputTokens,
    long MostOutputTokens,
    decimal? Amount,
    decimal? MostAmount);
