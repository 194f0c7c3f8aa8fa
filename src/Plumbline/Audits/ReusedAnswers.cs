using System.Text.Json.Serialization;
using Plumbline.Judges;
using Plumbline.Judges.Panels;
using Plumbline.Runs;

namespace Plumbline.Audits;

/// <summary>The answers that this run took over from earlier ones in the place of asking again. They are not in its costs.</summary>
/// <param name="Taken">How many, over both sides.</param>
/// <param name="Asked">How many calls this run made itself for cases, over both sides; a call that failed is one.</param>
/// <param name="Runs">Which runs asked for them, the largest share first.</param>
public sealed record ReusedAnswers(int Taken, int Asked, IReadOnlyList<ReusedRun> Runs)
{
    /// <summary>How many of the judge's scores were taken over with them in the place of asking its model again, over both sides and all members of a panel; 0
    /// for a judge without a model.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Scores { get; init; }

    /// <summary>How many earlier runs held both models' answers to some of these cases, whoever had asked for them, and so may have decided about this pair from
    /// them: as many looks came before this one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int EarlierLooks { get; init; }

    /// <summary>How many of these cases any of them held both answers to.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int CasesLookedAt { get; init; }

    /// <summary>How many of the answers that were taken over people had labelled in the earlier runs. Their labels are not taken: they were drawn from the cases of
    /// another run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Labelled { get; init; }

    /// <summary>What a journal says; null where nothing was taken over.</summary>
    internal static ReusedAnswers? Of(RunPlan plan, RunState state, IJudge judge)
    {
        var runs = state.TakenOver
            .Select(run => new ReusedRun(run.Key, run.Value.Baseline, run.Value.Candidate, run.Value.FirstAt, run.Value.LastAt) { Cases = run.Key == plan.RunId ? 0 : run.Value.Cases })
            .OrderByDescending(run => run.Baseline + run.Candidate)
            .ThenBy(run => run.Run, StringComparer.Ordinal)
            .ToList();
        return runs.Count == 0 ? null : new ReusedAnswers(runs.Sum(run => run.Baseline + run.Candidate), state.Asked, runs)
        {
            Scores = PanelJudge.MembersOf(judge).Sum(state.TakenScores),
            EarlierLooks = state.EarlierLooks,
            CasesLookedAt = state.CasesLookedAt,
            Labelled = state.TakenLabelled,
        };
    }
}
