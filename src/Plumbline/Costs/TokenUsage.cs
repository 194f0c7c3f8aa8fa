namespace Plumbline.Costs;

/// <summary>What calls took, in tokens.</summary>
/// <param name="Calls">Answered calls.</param>
/// <param name="InputTokens">Tokens read.</param>
/// <param name="OutputTokens">Tokens written.</param>
/// <param name="EstimatedCalls">Those of the calls of which the server did not tell the tokens, so that they are reckoned from the
/// text's length (<see cref="TokenEstimate"/>).</param>
public readonly record struct TokenUsage(long Calls, long InputTokens, long OutputTokens, long EstimatedCalls)
{
    /// <summary>More tokens than any call takes: ten times the longest context that there is.</summary>
    public const long MostOfACall = 100_000_000;

    /// <summary>A count that a server tells; null where it tells none, or one that no call can have (below 0, or above <see cref="MostOfACall"/>): it would
    /// give a spent budget back, or make the sum of a run meaningless.</summary>
    public static long? Told(long? count) => count is >= 0 and <= MostOfACall ? count : null;

    /// <summary>One call, of which the server tells both counts, one, or none.</summary>
    /// <param name="told">The tokens that the server says it read and wrote; null where it does not.</param>
    /// <param name="estimated">What the text's length says.</param>
    public static TokenUsage OfCall((long? Input, long? Output) told, (long Input, long Output) estimated) => new(
        1,
        Told(told.Input) ?? estimated.Input,
        Told(told.Output) ?? estimated.Output,
        Told(told.Input) is null || Told(told.Output) is null ? 1 : 0);

    /// <summary>Both together.</summary>
    public static TokenUsage operator +(TokenUsage left, TokenUsage right) => new(
        left.Calls + right.Calls,
        left.InputTokens + right.InputTokens,
        left.OutputTokens + right.OutputTokens,
        left.EstimatedCalls + right.EstimatedCalls);

    /// <summary>What is left of one without a part of it.</summary>
    public static TokenUsage operator -(TokenUsage whole, TokenUsage part) => new(
        whole.Calls - part.Calls,
        whole.InputTokens - part.InputTokens,
        whole.OutputTokens - part.OutputTokens,
        whole.EstimatedCalls - part.EstimatedCalls);

    /// <inheritdoc cref="op_Subtraction"/>
    public static TokenUsage Subtract(TokenUsage whole, TokenUsage part) => whole - part;

    /// <inheritdoc cref="op_Addition"/>
    public static TokenUsage Add(TokenUsage left, TokenUsage right) => left + right;
}
