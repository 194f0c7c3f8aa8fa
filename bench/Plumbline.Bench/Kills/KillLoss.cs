namespace Plumbline.Bench.Kills;

/// <summary>What one kill cost.</summary>
/// <param name="InProgress">Requests that were in progress at the servers when it came.</param>
/// <param name="Again">Calls of each server that had been answered, and were made again after it.</param>
/// <param name="OldestAnswer">How long before the kill the earliest of those answers had been given; zero where there are none.</param>
internal sealed record KillLoss(int InProgress, IReadOnlyList<int> Again, TimeSpan OldestAnswer);
