namespace Plumbline.Audits;

/// <summary>How far an audit is.</summary>
/// <param name="Stage">What it is doing.</param>
/// <param name="Total">Cases planned, on each side; 0 before there is a plan.</param>
/// <param name="BaselineDone">Cases that the baseline has answered and that are judged, including those of an earlier sitting.</param>
/// <param name="CandidateDone">The same for the candidate.</param>
/// <param name="FailedCalls">Calls that failed in this sitting.</param>
public sealed record AuditProgress(AuditStage Stage, int Total, int BaselineDone, int CandidateDone, int FailedCalls)
{
    /// <summary>How many scores of a judging model were taken over from earlier runs; told with <see cref="AuditStage.TakenOver"/>.</summary>
    public int TakenScores { get; init; }

    /// <summary>Whether the journal ended in a torn line, which was cut off; told with <see cref="AuditStage.Found"/>.</summary>
    public bool JournalWasTorn { get; init; }

    /// <summary>How many answers of both sides there are, judged or not, those of earlier sittings among them.</summary>
    public long Answers { get; init; }

    /// <summary>The share of the calls for answers that are made, from 0 to 1, those of earlier sittings among them: what was taken over makes none.</summary>
    public double AskedShare { get; init; } = 1;

    /// <summary>The share of the answers for which judging models are asked that are judged, from 0 to 1: where their scores were taken over, they are not.</summary>
    public double JudgedShare { get; init; } = 1;

    /// <summary>What is still waited for where there is no use in going on; null while there is.</summary>
    public AuditEnding? Ending { get; init; }
}
