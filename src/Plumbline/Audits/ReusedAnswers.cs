using Plumbline.Runs;

namespace Plumbline.Audits;

/// <summary>The answers that this run took over from earlier ones in the place of asking again. They are not in its costs.</summary>
/// <param name="Taken">How many, over both sides.</param>
/// <param name="Asked">How many calls this run made itself for cases, over both sides; a call that failed is one.</param>
/// <param name="Runs">Which runs asked for them, the largest share first.</param>
public sealed record ReusedAnswers(int Taken, int Asked, IReadOnlyList<ReusedRun> Runs)
{
    /// <summary>What a journal says; null where nothing was taken over.</summary>
    internal static ReusedAnswers? Of(RunState state)
    {
        var runs = state.TakenOver
            .Select(run => new ReusedRun(run.Key, run.Value.Baseline, run.Value.Candidate, run.Value.FirstAt, run.Value.LastAt))
            .OrderByDescending(run => run.Baseline + run.Candidate)
            .ThenBy(run => run.Run, StringComparer.Ordinal)
            .ToList();
        return runs.Count == 0 ? null : new ReusedAnswers(runs.Sum(run => run.Baseline + run.Candidate), state.Asked, runs);
    }
}
