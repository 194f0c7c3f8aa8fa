using Plumbline.Pairs;

namespace Plumbline.Runs;

/// <summary>Where an answer comes from that was taken over in the place of asking again: the call that it is the answer to.</summary>
/// <param name="Run">The id of the run that asked.</param>
/// <param name="Case">The case's id there.</param>
/// <param name="Side">The side that was asked there.</param>
/// <param name="At">When it was answered, in UTC.</param>
public sealed record TakenFrom(string Run, string Case, Side Side, DateTimeOffset At);
