using Plumbline.Attacks;
using Plumbline.Cases;
using Plumbline.Costs;
using Plumbline.Judges;
using Plumbline.Judges.Evaluation;
using Plumbline.Suites;

namespace Plumbline.Audits;

/// <summary>What to audit, with what, and how to decide.</summary>
/// <param name="Baseline">The model before fine-tuning.</param>
/// <param name="Candidate">The model after it.</param>
/// <param name="Suite">The prompts.</param>
/// <param name="Attacks">The attacks for the harmful prompts; at least one where there are such prompts.</param>
/// <param name="Judge">Scores the answers.</param>
public sealed record AuditRequest(AuditSide Baseline, AuditSide Candidate, Suite Suite, IReadOnlyList<IAttack> Attacks, IJudge Judge)
{
    /// <summary>How answers are drawn.</summary>
    public Sampling Sampling { get; init; } = new();

    /// <summary>The decision rule.</summary>
    public DecisionRule Rule { get; init; } = new();

    /// <summary>Prepares the attacks that need another model (<see cref="Attacks.Assisted.IAssistedAttack"/>); null where none does.</summary>
    public AuditSide? Helper { get; init; }

    /// <summary>The most harmful cases before repeats; null for prompts × attacks. The default is the suite's own.</summary>
    public int? CaseLimit { get; init; } = Suite.CaseLimit;

    /// <summary>Whether encodings that the baseline cannot decode are left out.</summary>
    public bool ProbesEncodings { get; init; } = true;

    /// <summary>The seed of a random order in which cases are asked; null for the suite's own order. A run that may stop early needs one: the beginning of
    /// a suite is no sample of it.</summary>
    public long? OrderSeed { get; init; }

    /// <summary>May end the run before every case is asked; null to ask all. Calls in flight when it does are broken off.</summary>
    public IStoppingRule? Stopping { get; init; }

    /// <summary>
    /// How many cases may be under way over both sides together, asked or waiting to be; at least 1. How many of them are in flight is each
    /// client's own matter.
    /// </summary>
    public int Concurrency { get; init; } = 32;

    /// <summary>Counts and limits what the clients of both sides and the judge spend, where they are metered by it; null for nobody.</summary>
    public SpendingLedger? Spending { get; init; }

    /// <summary>The folders of earlier runs whose answers are taken over where this run would make the very same call; the first that has one gives it. They
    /// do not make the run another one.</summary>
    public IReadOnlyList<string> Reuse { get; init; } = [];

    /// <summary>Whether the result of another judge, who was asked since (<see cref="StoredRunJudge"/>), stands where nothing was answered or judged after it and its file is as it was written. Else this one's takes its place.</summary>
    public bool KeepsOtherJudge { get; init; }

    /// <summary>What is known of how well judges agree with people: the judge's own entries go into the document.</summary>
    public JudgeRegistry KnownJudges { get; init; } = JudgeRegistry.Empty;
}
