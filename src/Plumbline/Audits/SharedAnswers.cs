namespace Plumbline.Audits;

/// <summary>Finds answers that stand in two runs because one took them over from the other, or both from a third: comparing them compares nothing.</summary>
static class SharedAnswers
{
    /// <summary>Whether two documents are of one run, copied perhaps: the same plan, begun at the same moment.</summary>
    public static bool AreOneRun(AuditDocument first, AuditDocument second) =>
        first.RunId == second.RunId && first.StartedAt == second.StartedAt && first.Candidate.Identity == second.Candidate.Identity;

    /// <summary>How many answers of their candidates the two can share at most, by what each says that it took over; 0 where neither took any from the other, nor
    /// both from a third. Two answers that look alike are two answers then.</summary>
    public static int Most(AuditDocument first, AuditDocument second)
    {
        return AreOneRun(first, second) ? int.MaxValue
            : Taken(first, second) + Taken(second, first)
                + Of(first).Sum(one => Of(second).Where(other => one.Run == other.Run && one.FirstAt <= other.LastAt && other.FirstAt <= one.LastAt).Sum(other => Math.Min(one.Candidate, other.Candidate)));

        // Another execution of the same plan has the same id, and another time.
        static int Taken(AuditDocument taker, AuditDocument asker) =>
            Of(taker).Where(run => run.Run == asker.RunId && run.FirstAt >= asker.StartedAt && run.LastAt <= asker.FinishedAt).Sum(run => run.Candidate);

        static IReadOnlyList<ReusedRun> Of(AuditDocument audit) => audit.Reused?.Runs ?? [];
    }

    /// <summary>What tells one stored answer from another, for as long as this process runs: its words, how it ended, its length, and how long its call took to
    /// a ten-thousandth of a second. Null where there is no answer.</summary>
    public static int? MarkOf(SideResult? side) => side is null or { FinishReason: Runs.AnswerRecord.Error } ? null : HashCode.Combine(side.Response, side.FinishReason, side.OutputTokens, side.Seconds);
}
