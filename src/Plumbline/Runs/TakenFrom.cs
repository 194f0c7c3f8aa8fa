using Plumbline.Pairs;

namespace Plumbline.Runs;

/// <summary>Where an answer, or a judge's score of one, comes from that was taken over in the place of asking again: the call that it is the answer to.</summary>
/// <param name="Run">The id of the run that asked.</param>
/// <param name="Case">The case's id there.</param>
/// <param name="Side">The side of that answer there.</param>
/// <param name="At">When it was answered, or scored, in UTC.</param>
public sealed record TakenFrom(string Run, string Case, Side Side, DateTimeOffset At);
