using Plumbline.Audits;
using Plumbline.Judges;
using Plumbline.Pairs;
using Plumbline.Runs;
using Plumbline.Tests.Audits;
using Shouldly;

namespace Plumbline.Tests.Runs;

public sealed class RunJournalTests : JournalOfSix
{
    [Fact]
    public async Task What_was_appended_is_there_when_it_is_opened_again()
    {
        var judge = new WordJudge();
        using (var journal = Open())
        {
            await journal.AppendAsync(Answer(0, "naïve “text”\nwith lines\u2028and \u0000 odd 😀"));
            await journal.AppendAsync(new JudgementRecord(DateTimeOffset.UnixEpoch, plan.Cases[0].Id, Side.Baseline, judge.Id, judge.Version, Judgement.Scored(new CriteriaScore(4, null, 2), "so")));
        }

        using var again = Open();
        again.State.Answer(plan.Cases[0].Id, Side.Baseline).ShouldBe(Answer(0, "naïve “text”\nwith lines\u2028and \u0000 odd 😀"));
        again.State.Judged(plan.Cases[0].Id, Side.Baseline, judge)!.Score.ShouldBe(new CriteriaScore(4, null, 2));
        again.State.Answer(plan.Cases[0].Id, Side.Candidate).ShouldBeNull();
        again.State.Answer(plan.Cases[1].Id, Side.Baseline).ShouldBeNull();
    }

    [Fact]
    public async Task A_record_that_cannot_be_true_is_refused_before_it_is_written_and_spoils_no_other()
    {
        using var disk = new FailingDisk(room: int.MaxValue);
        using (var journal = RunJournal.Open(Journal, plan, "0.0", TimeProvider.System, disk.Create))
        {
            await journal.AppendAsync(Answer(0, "kept"));
            disk.Hold();
            var first = journal.AppendAsync(Answer(3, "under way"));
            var unanswered = journal.AppendAsync(new JudgementRecord(DateTimeOffset.UnixEpoch, plan.Cases[1].Id, Side.Baseline, "human", "1", Judgement.Scored(new CriteriaScore(4, null, 2), "")));
            var again = journal.AppendAsync(Answer(0, "asked twice"));
            var unplanned = journal.AppendAsync(Answer(0, "of another plan") with { Case = "0123456789abcdef" });
            var beside = journal.AppendAsync(Answer(2, "beside"));
            disk.Release();

            (await Should.ThrowAsync<InvalidOperationException>(unanswered)).Message.ShouldContain("holds no such answer");
            (await Should.ThrowAsync<InvalidOperationException>(again)).Message.ShouldContain("never asked again");
            await Should.ThrowAsync<KeyNotFoundException>(unplanned);
            await Task.WhenAll(first, beside);
            await journal.AppendAsync(Answer(1, "later"));
        }

        using var opened = Open();
        Enumerable.Range(0, 4).Select(i => opened.State.Answer(plan.Cases[i].Id, Side.Baseline)!.Response).ShouldBe(["kept", "later", "beside", "under way"]);
    }

    [Fact]
    public async Task Looking_at_a_journal_that_is_being_written_changes_nothing_in_it()
    {
        using var journal = Open();
        await journal.AppendAsync(Answer(0, "a"));
        await File.AppendAllTextAsync(Path.Combine(folder.Path, "journal", "000002.jsonl"), "{\"crc\":\"being writ", TestContext.Current.CancellationToken);
        var before = await File.ReadAllBytesAsync(Segment(2), TestContext.Current.CancellationToken);

        var seen = RunJournal.Look(Journal, plan);

        seen.Answer(plan.Cases[0].Id, Side.Baseline)!.Response.ShouldBe("a");
        (await File.ReadAllBytesAsync(Segment(2), TestContext.Current.CancellationToken)).ShouldBe(before);
        RunJournal.Look(Path.Combine(folder.Path, "nowhere"), plan).StartedAt.ShouldBeNull();
        Directory.Exists(Path.Combine(folder.Path, "nowhere")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_clock_that_is_set_back_makes_no_run_that_ends_before_it_starts()
    {
        var time = new ManualTime();
        using (var journal = RunJournal.Open(Journal, plan, "0.0", time))
        {
            await journal.AppendAsync(Answer(4, "a"));
            time.SetBack(TimeSpan.FromDays(3));
            await journal.AppendAsync(Answer(1, "b"));
            time.Advance(GroupCommit.DiskDelay);
        }

        using var again = Open();
        again.State.FinishedAt!.Value.ShouldBeGreaterThanOrEqualTo(again.State.StartedAt!.Value);
        again.State.Answer(plan.Cases[4].Id, Side.Baseline)!.Response.ShouldBe("a");
        again.State.Answer(plan.Cases[1].Id, Side.Baseline)!.Response.ShouldBe("b");
    }

    [Fact]
    public void Opening_without_writing_leaves_no_trace()
    {
        using (Open())
        {
        }

        Directory.GetFiles(Path.Combine(folder.Path, "journal")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_later_answer_takes_the_place_of_a_failed_call()
    {
        using var journal = Open();
        await journal.AppendAsync(Answer(0, "") with { Failure = "connection reset" });
        await journal.AppendAsync(Answer(0, "yes"));

        journal.State.Answer(plan.Cases[0].Id, Side.Baseline)!.Failure.ShouldBeNull();
    }

    [Theory]
    [InlineData("text", "stop", null)]
    [InlineData("", "stop", null)]
    [InlineData(" \n\u2003", "stop", null)]
    [InlineData("\u00fcber", "stop", null)]
    [InlineData("\n x", "length", null)]
    [InlineData("", "length", null)]
    [InlineData("withheld", "content_filter", null)]
    [InlineData("sorry, blocked by guardrail", "guardrail_intervened", null)]
    [InlineData("half of it", "MAX_TOKENS", null)]
    [InlineData("text", "eos", null)]
    [InlineData("sorry, I cannot", "error", null)]
    [InlineData("", "abort", null)]
    [InlineData("", "error", "no such host")]
    public async Task What_a_replay_makes_out_without_reading_is_what_the_record_says(string response, string finish, string? failure)
    {
        var answer = Answer(0, response) with { FinishReason = finish, Failure = failure, Faults = failure is null ? null : ["429"] };
        AnswerRecord live;
        using (var journal = Open())
        {
            await journal.AppendAsync(answer);
            live = journal.State.AnswerOutline(0, Side.Baseline)!;
        }

        using var again = Open();
        var replayed = again.State.AnswerOutline(0, Side.Baseline)!;

        replayed.ShouldBeSameAs(live);
        var judge = new WordJudge();
        Screening.Of(replayed, judge)?.Unscored.ShouldBe(Screening.Of(answer, judge)?.Unscored);
        (Screening.Of(replayed, judge) is null).ShouldBe(Screening.Of(answer, judge) is null);
        (replayed.Faults is null).ShouldBe(answer.Faults is null);
        again.State.Answer(plan.Cases[0].Id, Side.Baseline)!.Response.ShouldBe(response);
    }
}
