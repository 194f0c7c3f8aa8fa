namespace Plumbline.Costs;

/// <summary>One line of the bill.</summary>
/// <param name="Spender">What the calls were for.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Calls">Answered calls.</param>
/// <param name="InputTokens">Tokens read.</param>
/// <param name="OutputTokens">Tokens written.</param>
/// <param name="EstimatedCalls">Calls of which the server did not tell the tokens, so that they are reckoned from the text's length.</param>
/// <param name="Amount">What they cost; null where the model has no price.</param>
public sealed record CostLine(Spender Spender, string Model, long Calls, long InputTokens, long OutputTokens, long EstimatedCalls, decimal? Amount)
{
    /// <summary>What the calls took.</summary>
    internal TokenUsage Usage => new(Calls, InputTokens, OutputTokens, EstimatedCalls);
}
