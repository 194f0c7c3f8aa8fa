using Plumbline.Costs;

namespace Plumbline.Runs;

/// <summary>What calls took that no answer stands for: a judge's, and those of the probe before the first case.</summary>
/// <param name="At">When they ended.</param>
/// <param name="Spender">What they were for.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Calls">Answered calls.</param>
/// <param name="InputTokens">Tokens read.</param>
/// <param name="OutputTokens">Tokens written.</param>
/// <param name="EstimatedCalls">Calls whose tokens are reckoned from the text's length, because the server did not tell.</param>
public sealed record UsageRecord(
    DateTimeOffset At,
    Spender Spender,
    string Model,
    long Calls,
    long InputTokens,
    long OutputTokens,
    long EstimatedCalls) : JournalRecord(At);
