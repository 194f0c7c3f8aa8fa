using Plumbline.Costs;
using Plumbline.Judges;
using Plumbline.Judges.Evaluation;

namespace Plumbline.Audits;

/// <summary>By whom a stored run is judged.</summary>
/// <param name="Judge">Who judges.</param>
public sealed record JudgingRequest(IJudge Judge)
{
    /// <summary>How many answers may be with the judge at once; at least 1.</summary>
    public int Concurrency { get; init; } = 32;

    /// <summary>Counts and limits what the judge spends, where its client is metered by it; null for nobody.</summary>
    public SpendingLedger? Spending { get; init; }

    /// <summary>What is known of how well judges agree with people.</summary>
    public JudgeRegistry KnownJudges { get; init; } = JudgeRegistry.Empty;
}
