using System.Text.Json.Serialization;
using Plumbline.Costs;

namespace Plumbline.Runs;

/// <summary>What calls took that no answer stands for: a judge's, those before the first case, and one whose answer did not end as an answer does.</summary>
/// <param name="At">When they ended.</param>
/// <param name="Spender">What they were for.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Calls">Answered calls.</param>
/// <param name="InputTokens">Tokens read.</param>
/// <param name="OutputTokens">Tokens written.</param>
/// <param name="EstimatedCalls">Calls whose tokens are reckoned from the text's length, because the server did not tell.</param>
/// <param name="BeforePlan">Whether it is what all calls before the plan took, as <see cref="PreparationJournal"/> has it: it is counted once, however often the run is opened.</param>
public sealed record UsageRecord(
    DateTimeOffset At,
    Spender Spender,
    string Model,
    long Calls,
    long InputTokens,
    long OutputTokens,
    long EstimatedCalls,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool BeforePlan = false) : JournalRecord(At);
