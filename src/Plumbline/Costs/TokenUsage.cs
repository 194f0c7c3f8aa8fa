namespace Plumbline.Costs;

/// <summary>What calls took, in tokens.</summary>
/// <param name="Calls">Answered calls.</param>
/// <param name="InputTokens">Tokens read.</param>
/// <param name="OutputTokens">Tokens written.</param>
/// <param name="EstimatedCalls">Those of the calls of which the server did not tell the tokens, so that they are reckoned from the
/// text's length (<see cref="TokenEstimate"/>).</param>
public readonly record struct TokenUsage(long Calls, long InputTokens, long OutputTokens, long EstimatedCalls)
{
    /// <summary>One call, of which the server tells both counts, one, or none.</summary>
    /// <param name="told">The tokens that the server says it read and wrote; null where it does not.</param>
    /// <param name="estimated">What the text's length says.</param>
    public static TokenUsage OfCall((long? Input, long? Output) told, (long Input, long Output) estimated) => new(
        1,
        told.Input ?? estimated.Input,
        told.Output ?? estimated.Output,
        told.Input is null || told.Output is null ? 1 : 0);

    /// <summary>Both together.</summary>
    public static TokenUsage operator +(TokenUsage left, TokenUsage right) => new(
        left.Calls + right.Calls,
        left.InputTokens + right.InputTokens,
        left.OutputTokens + right.OutputTokens,
        left.EstimatedCalls + right.EstimatedCalls);

    /// <inheritdoc cref="op_Addition"/>
    public static TokenUsage Add(TokenUsage left, TokenUsage right) => left + right;
}
