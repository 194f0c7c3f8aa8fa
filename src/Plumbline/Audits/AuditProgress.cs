namespace Plumbline.Audits;

/// <summary>How far an audit is.</summary>
/// <param name="Stage">What it is doing.</param>
/// <param name="Total">Cases planned, on each side; 0 before there is a plan.</param>
/// <param name="BaselineDone">Cases that the baseline has answered and that are judged, including those of an earlier sitting.</param>
/// <param name="CandidateDone">The same for the candidate.</param>
/// <param name="FailedCalls">Calls that failed in this sitting.</param>
public sealed record AuditProgress(AuditStage Stage, int Total, int BaselineDone, int CandidateDone, int FailedCalls);
