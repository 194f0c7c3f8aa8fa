using Plumbline.Judges;
using Plumbline.Pairs;
using Plumbline.Runs;
using Plumbline.Tests.Audits;
using Shouldly;

namespace Plumbline.Tests.Runs;

/// <summary>How long a run was worked on: the pause after a kill is none of it.</summary>
public sealed class WorkedTimeTests : JournalOfSix
{
    static readonly DateTimeOffset Start = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Pauses_between_sittings_and_sittings_that_asked_nothing_are_left_out()
    {
        await SitAsync(Start, Answered(0, Start.AddSeconds(3)), Answered(1, Start.AddSeconds(10)));
        await SitAsync(Start.AddHours(1), Judged(0, Start.AddHours(1).AddSeconds(50)));
        var live = await SitAsync(Start.AddHours(2), Judged(1, Start.AddHours(2).AddSeconds(1)), Answered(2, Start.AddHours(2).AddSeconds(7)));

        using var again = Open();

        again.State.Worked.ShouldBe(TimeSpan.FromSeconds(17));
        live.ShouldBe(again.State.Worked);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_takes_no_time_away()
    {
        await SitAsync(Start, Answered(0, Start.AddSeconds(3)), Answered(1, Start.AddDays(-2)));

        using var again = Open();
        again.State.Worked.ShouldBe(TimeSpan.FromSeconds(3));
    }

    async Task<TimeSpan> SitAsync(DateTimeOffset at, params JournalRecord[] records)
    {
        using var journal = RunJournal.Open(Journal, plan, "0.0", new FixedTime(at));
        foreach (var record in records)
            await journal.AppendAsync(record);
        return journal.State.Worked;
    }

    AnswerRecord Answered(int i, DateTimeOffset at) => Answer(i, "an answer") with { At = at };

    JudgementRecord Judged(int i, DateTimeOffset at) => new(at, plan.Cases[i].Id, Side.Baseline, "other", "1", Judgement.Scored(new CriteriaScore(4, null, 2), "so"));
}
