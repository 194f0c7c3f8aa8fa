using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Plumbline.Attacks;
using Plumbline.Audits;
using Plumbline.Cases;
using Plumbline.Judges;
using Plumbline.Pairs;
using Plumbline.Runs;
using Plumbline.Suites;
using Plumbline.Tests.Audits;
using Shouldly;

namespace Plumbline.Tests.Runs;

public sealed class RunJournalTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly RunPlan plan = Plan("seed one");

    public void Dispose() => folder.Dispose();

    string Journal => Directory.CreateDirectory(Path.Combine(folder.Path, "journal")).FullName;

    string Segment(int number) => Path.Combine(folder.Path, "journal", $"{number:D6}.jsonl");

    static RunPlan Plan(string asked)
    {
        var suite = Suite.Create("test", "1", [.. Enumerable.Range(0, 6).Select(i => SuitePrompt.Create($"request {i}", PromptKind.Harmful))]);
        var request = new Dictionary<string, string> { ["asked"] = asked };
        var facts = new ModelFacts("m", "id", new Dictionary<string, string>());
        return new RunPlan(
            RunPlan.CurrentFormat, "0.0", RunPlan.IdOf(request), request, request, facts, facts,
            new SuiteFacts("test", "1", suite.Hash, 6), [], new Sampling(), CasePlanner.Plan(suite, AttackCatalog.Named(["none"]), new Sampling(), null));
    }

    RunJournal Open(RunPlan? other = null)
    {
        using var run = RunFolder.Open(folder.Path);
        return run.OpenJournal(other ?? plan, "0.0", TimeProvider.System);
    }

    AnswerRecord Answer(int i, string text) =>
        new(DateTimeOffset.UnixEpoch.AddSeconds(i), plan.Cases[i].Id, Side.Baseline, text, "stop", 3, 0.5, null);

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
    public async Task A_segment_that_cannot_be_begun_is_let_go()
    {
        using var disk = new FailingDisk(room: 10);
        using (var journal = RunJournal.Open(Journal, plan, "0.0", TimeProvider.System, disk.Create))
            await Should.ThrowAsync<IOException>(journal.AppendAsync(Answer(0, "a")));

        disk.Open.ShouldBe(0);
        using var again = Open();
        await again.AppendAsync(Answer(0, "a"));
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
        await File.AppendAllTextAsync(Path.Combine(folder.Path, "journal", "000002.jsonl"), "{\"sum\":\"being writ", TestContext.Current.CancellationToken);
        var before = await File.ReadAllBytesAsync(Segment(2), TestContext.Current.CancellationToken);

        var seen = RunJournal.Look(Journal, plan);

        seen.Answer(plan.Cases[0].Id, Side.Baseline)!.Response.ShouldBe("a");
        (await File.ReadAllBytesAsync(Segment(2), TestContext.Current.CancellationToken)).ShouldBe(before);
        RunJournal.Look(Path.Combine(folder.Path, "nowhere"), plan).StartedAt.ShouldBeNull();
        Directory.Exists(Path.Combine(folder.Path, "nowhere")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_disk_that_fills_up_in_the_middle_of_a_group_fails_the_whole_group_and_all_after_it_and_keeps_what_was_before()
    {
        using var disk = new FailingDisk(room: int.MaxValue);
        using (var journal = RunJournal.Open(Journal, plan, "0.0", TimeProvider.System, disk.Create))
        {
            await journal.AppendAsync(Answer(0, "kept"));
            disk.Room = 150;
            disk.Hold();
            var group = Enumerable.Range(1, 4).Select(i => journal.AppendAsync(Answer(i, "lost"))).ToList();
            disk.Release();

            foreach (var lost in group)
                (await Should.ThrowAsync<IOException>(lost)).Message.ShouldContain("No space left on device");
            journal.State.Answer(plan.Cases[1].Id, Side.Baseline).ShouldBeNull("what could not be written is not counted");
            disk.Room = int.MaxValue;
            (await Should.ThrowAsync<IOException>(journal.AppendAsync(Answer(5, "later")))).Message.ShouldContain("Make room");
        }

        File.ReadAllBytes(Segment(1))[^1].ShouldNotBe((byte)'\n', "the disk was full in the middle of a line");
        using var again = Open();
        again.State.Answer(plan.Cases[0].Id, Side.Baseline)!.Response.ShouldBe("kept");
        Enumerable.Range(2, 4).ShouldAllBe(i => again.State.Answer(plan.Cases[i].Id, Side.Baseline) == null);
        await again.AppendAsync(Answer(5, "later"));
    }

    [Fact]
    public async Task What_comes_in_during_a_write_is_one_group_in_order()
    {
        using var disk = new FailingDisk(room: int.MaxValue);
        using var journal = RunJournal.Open(Journal, plan, "0.0", TimeProvider.System, disk.Create);
        await journal.AppendAsync(Answer(0, "first"));
        var before = disk.Writes;
        disk.Hold();
        var first = journal.AppendAsync(Answer(5, "under way"));
        SpinWait.SpinUntil(() => disk.Writes == before + 1, TimeSpan.FromSeconds(10)).ShouldBeTrue();

        var group = Enumerable.Range(1, 4).Select(i => journal.AppendAsync(Answer(i, $"{i}"))).ToList();
        group.ShouldAllBe(append => !append.IsCompleted, "a record counts only when it is with the operating system");
        journal.State.Answer(plan.Cases[1].Id, Side.Baseline).ShouldBeNull();
        disk.Release();
        await Task.WhenAll([first, .. group]);

        disk.Writes.ShouldBe(before + 2);
        Enumerable.Range(1, 4).ShouldAllBe(i => journal.State.Answer(plan.Cases[i].Id, Side.Baseline)!.Response == $"{i}");
    }

    [Fact]
    public async Task The_disk_is_asked_to_keep_a_record_within_a_second_though_no_other_follows()
    {
        var time = new ManualTime();
        using var disk = new FailingDisk(room: int.MaxValue);
        using var journal = RunJournal.Open(Journal, plan, "0.0", time, disk.Create);

        await journal.AppendAsync(Answer(0, "a"));
        await journal.AppendAsync(Answer(1, "b"));
        disk.Flushes.ShouldBe(0);
        time.Advance(GroupCommit.DiskDelay);
        disk.Flushes.ShouldBe(1, "one for both");
        time.Advance(GroupCommit.DiskDelay);
        disk.Flushes.ShouldBe(1, "nothing new");
        await journal.AppendAsync(Answer(2, "c"));
        time.Advance(GroupCommit.DiskDelay);
        disk.Flushes.ShouldBe(2);
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
    public async Task A_journal_of_another_version_is_refused_with_the_version_to_open_it_with()
    {
        using (var journal = Open())
            await journal.AppendAsync(Answer(0, "a"));
        File.WriteAllBytes(Segment(1), JournalLine.Write(new OpenedRecord(DateTimeOffset.UnixEpoch, "plumbline.run/2", plan.RunId, "9.9")));

        var refusal = Should.Throw<RunException>(() => Open());

        refusal.Message.ShouldContain("000001.jsonl has the format 'plumbline.run/2'");
        refusal.Message.ShouldContain("9.9");
    }

    [Fact]
    public async Task A_file_cut_at_any_byte_loses_only_the_record_that_was_cut()
    {
        using (var journal = Open())
        {
            for (var i = 0; i < 3; i++)
                await journal.AppendAsync(Answer(i, $"{i} ✓"));
        }

        var whole = File.ReadAllBytes(Segment(1));
        var ends = whole.Index().Where(at => at.Item == '\n').Select(at => at.Index + 1).ToList();
        for (var length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(Segment(1), whole[..length]);
            File.Delete(Segment(2));

            var finished = Math.Max(0, ends.Count(end => end <= length) - 1);
            using (var journal = Open())
            {
                Enumerable.Range(0, 3).Count(i => journal.State.Answer(plan.Cases[i].Id, Side.Baseline) is not null).ShouldBe(finished, $"cut at {length}");
                await journal.AppendAsync(Answer(5, "after the cut"));
            }

            using var again = Open();
            again.State.Answer(plan.Cases[5].Id, Side.Baseline)!.Response.ShouldBe("after the cut");
            Enumerable.Range(0, 3).Count(i => again.State.Answer(plan.Cases[i].Id, Side.Baseline) is not null).ShouldBe(finished);
        }
    }

    [Fact]
    public void Any_series_of_sittings_killed_anywhere_keeps_every_finished_record()
    {
        // Each sitting answers the next pending cases and is then killed in the middle of a write.
        var sittings = Gen.Choose(0, 3).ArrayOf().ToArbitrary();
        Prop.ForAll(sittings, counts =>
        {
            if (Directory.Exists(Path.Combine(folder.Path, "journal")))
                Directory.Delete(Path.Combine(folder.Path, "journal"), recursive: true);

            var finished = 0;
            foreach (var count in counts)
            {
                using (var journal = Open())
                {
                    for (var i = 0; i < count && finished < 6; i++, finished++)
                        journal.AppendAsync(Answer(finished, $"{finished}")).Wait();
                }

                var last = Directory.GetFiles(Path.Combine(folder.Path, "journal")).Max(StringComparer.Ordinal);
                if (last is not null)
                    File.AppendAllText(last, "{\"sum\":\"0123");
            }

            using var end = Open();
            return Enumerable.Range(0, 6).All(i => end.State.Answer(plan.Cases[i].Id, Side.Baseline) is not null == i < finished);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    [Fact]
    public async Task Damage_before_the_end_is_an_error_with_its_place_and_nothing_is_cut()
    {
        using (var journal = Open())
        {
            await journal.AppendAsync(Answer(0, "one"));
            await journal.AppendAsync(Answer(1, "two"));
        }

        var bytes = File.ReadAllBytes(Segment(1));
        var at = Array.IndexOf(bytes, (byte)'\n') + 100;
        bytes[at] ^= 1;
        File.WriteAllBytes(Segment(1), bytes);

        var damage = Should.Throw<RunException>(() => Open());

        damage.Message.ShouldContain("000001.jsonl, line 2");
        File.ReadAllBytes(Segment(1)).ShouldBe(bytes);

        // What the message advises where no copy is left.
        File.WriteAllLines(Segment(1), File.ReadAllLines(Segment(1))[..1]);
        using var rest = Open();
        rest.State.Answer(plan.Cases[0].Id, Side.Baseline).ShouldBeNull();
    }

    [Fact]
    public async Task A_segment_or_a_whole_journal_that_is_gone_is_not_asked_again()
    {
        using (var journal = Open())
            await journal.AppendAsync(Answer(0, "one"));
        using (var journal = Open())
            await journal.AppendAsync(Answer(1, "two"));
        File.Delete(Segment(1));
        Should.Throw<RunException>(() => Open()).Message.ShouldContain("000001.jsonl is missing");

        File.Delete(Segment(2));
        Open().Dispose();
        folder.File("audit.json", "{}");
        Should.Throw<RunException>(() => Open()).Message.ShouldContain("the journal with its answers is gone");
    }

    [Fact]
    public async Task A_torn_end_in_an_older_segment_is_damage()
    {
        using (var journal = Open())
            await journal.AppendAsync(Answer(0, "one"));
        using (var journal = Open())
            await journal.AppendAsync(Answer(1, "two"));
        File.WriteAllBytes(Segment(1), File.ReadAllBytes(Segment(1))[..^3]);

        Should.Throw<RunException>(() => Open()).Message.ShouldContain("damaged");
    }

    [Fact]
    public async Task The_journal_of_another_plan_is_refused()
    {
        using (var journal = Open())
            await journal.AppendAsync(Answer(0, "one"));

        Should.Throw<RunException>(() => Open(Plan("seed two"))).Message.ShouldContain("another run");
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

    static string Record(JournalRecord record)
    {
        var json = JournalLine.RecordOf(JournalLine.Write(record).AsSpan()[..^1]);
        return Encoding.UTF8.GetString(json);
    }

    static string Summed(string record) =>
        $"{{\"sum\":\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(record)))[..16]}\",\"record\":{record}}}\n";

    [Fact]
    public async Task A_journal_that_answers_a_case_twice_or_judges_what_is_not_answered_is_refused_with_the_line()
    {
        using (var journal = Open())
            await journal.AppendAsync(Answer(0, "one"));
        File.AppendAllText(Segment(1), Encoding.UTF8.GetString(JournalLine.Write(Answer(0, "two"))));
        Should.Throw<RunException>(() => Open()).Message.ShouldContain("000001.jsonl, line 3: the baseline answered");

        File.WriteAllLines(Segment(1), File.ReadAllLines(Segment(1))[..2]);
        File.AppendAllText(Segment(1), Summed(Record(Answer(1, "two")).Replace("1970-01-01T00:00:01", "1970-13-01T00:00:01", StringComparison.Ordinal)));
        Should.Throw<RunException>(() => Open()).Message.ShouldContain("000001.jsonl, line 3");

        File.WriteAllLines(Segment(1), File.ReadAllLines(Segment(1))[..1]);
        File.AppendAllText(Segment(1), Encoding.UTF8.GetString(JournalLine.Write(new JudgementRecord(DateTimeOffset.UnixEpoch, plan.Cases[1].Id, Side.Candidate, "j", "1", Judgement.NotScored(UnscoredReason.JudgeFailed, "no")))));
        Should.Throw<RunException>(() => Open()).Message.ShouldContain("line 2: 'j' judged the candidate's answer");
    }

    [Fact]
    public void A_plan_with_a_case_twice_is_refused() =>
        Should.Throw<RunException>(() => Open(plan with { Cases = [.. plan.Cases, plan.Cases[0]] })).Message.ShouldContain("twice");

    [Theory]
    [InlineData("text", "stop", null)]
    [InlineData("", "stop", null)]
    [InlineData(" \n\u2003", "stop", null)]
    [InlineData("\u00fcber", "stop", null)]
    [InlineData("\n x", "length", null)]
    [InlineData("", "length", null)]
    [InlineData("withheld", "content_filter", null)]
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
