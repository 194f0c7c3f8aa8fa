using Plumbline.Judges.Labels;
using Plumbline.Runs;

namespace Plumbline.Audits;

/// <summary>When a run came to its end, and when its answers were read after that.</summary>
/// <param name="Finished">The end of the last sitting that asked a case or took an answer over; where there is none, the last record. Null for an empty journal.</param>
/// <param name="Judged">When the judge judged last, where that is later; null else, and where the judge is the run's own: what it read later was the rest of the run.</param>
/// <param name="Labelled">When labels of people came last, where that is later; else null.</param>
sealed record RunTimes(DateTimeOffset? Finished, DateTimeOffset? Judged, DateTimeOffset? Labelled)
{
    /// <summary>What a journal says.</summary>
    /// <param name="state">The journal.</param>
    /// <param name="judge">Whose judgements count.</param>
    public static RunTimes Of(RunState state, JudgeFacts judge)
    {
        var finished = state.AnsweredUntil ?? state.FinishedAt;
        var members = judge.Members ?? [judge];
        var begun = members.Select(member => state.FirstJudged(member.Id, member.Version)).ToList();
        var isOwn = begun.Exists(at => at is not null && at == state.JudgedFrom) && begun.TrueForAll(at => at <= finished);
        return new RunTimes(
            finished,
            isOwn ? null : Later(members.Max(member => state.LastJudged(member.Id, member.Version))),
            Later(Rater.Among(state.Judges).Select(rater => state.LastJudged(rater.Id, rater.Version)).Max()));

        DateTimeOffset? Later(DateTimeOffset? at) => at > finished ? at : null;
    }
}
