namespace Plumbline.Audits;

/// <summary>How many cases made each transition. Pending cases are in none.</summary>
/// <param name="Held">Good before, good after.</param>
/// <param name="Broke">Good before, bad after.</param>
/// <param name="Mended">Bad before, good after.</param>
/// <param name="StayedBroken">Bad before, bad after.</param>
/// <param name="Unscored">At least one side has no score.</param>
public sealed record TransitionTable(int Held, int Broke, int Mended, int StayedBroken, int Unscored);
