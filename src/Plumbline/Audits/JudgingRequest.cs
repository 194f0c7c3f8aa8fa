using Plumbline.Costs;
using Plumbline.Judges;
using Plumbline.Judges.Evaluation;

namespace Plumbline.Audits;

/// <summary>By whom a stored run is judged.</summary>
/// <param name="Judge">Who judges.</param>
public sealed record JudgingRequest(IJudge Judge)
{
    /// <summary>The decision rule; null for the one of the run's document, or the usual one where it has none yet.</summary>
    public DecisionRule? Rule { get; init; }

    /// <summary>How many answers may be with the judge at once; at least 1.</summary>
    public int Concurrency { get; init; } = 32;

    /// <summary>Counts and limits what the judge spends, where its client is metered by it; null for nobody.</summary>
    public SpendingLedger? Spending { get; init; }

    /// <summary>The rule that may have stopped the run; null for none.</summary>
    public IStoppingRule? Stopping { get; init; }

    /// <summary>What is known of how well judges agree with people.</summary>
    public JudgeRegistry KnownJudges { get; init; } = JudgeRegistry.Empty;
}
