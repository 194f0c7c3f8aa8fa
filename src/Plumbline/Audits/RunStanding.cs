namespace Plumbline.Audits;

/// <summary>Where a run that has no result yet stands by a judge.</summary>
/// <param name="Counts">Its cases.</param>
/// <param name="HasEnded">Whether every case that it needs was tried: only the result is still to be written then.</param>
public sealed record RunStanding(CaseCounts Counts, bool HasEnded);
