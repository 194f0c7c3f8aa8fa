namespace Plumbline.Judges.Refusal;

/// <summary>What the ensemble says of one answer.</summary>
/// <param name="IsRefusal">Whether the votes reach the threshold.</param>
/// <param name="Votes">The sum of the votes.</param>
/// <param name="Signs">The names of the signs that were found, to be read after "the answer".</param>
public sealed record RefusalFinding(bool IsRefusal, int Votes, IReadOnlyList<string> Signs);
