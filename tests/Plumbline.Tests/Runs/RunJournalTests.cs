using FsCheck;
using FsCheck.Fluent;
using Plumbline.Attacks;
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
    public void What_was_appended_is_there_when_it_is_opened_again()
    {
        var judge = new WordJudge();
        using (var journal = Open())
        {
            journal.Append(Answer(0, "naïve “text”\nwith lines\u2028and \u0000 odd 😀"));
            journal.Append(new JudgementRecord(DateTimeOffset.UnixEpoch, plan.Cases[0].Id, Side.Baseline, judge.Id, judge.Version, Judgement.Scored(new CriteriaScore(4, null, 2), "so")));
        }

        using var again = Open();
        again.State.Answer(plan.Cases[0].Id, Side.Baseline).ShouldBe(Answer(0, "naïve “text”\nwith lines\u2028and \u0000 odd 😀"));
        again.State.Judged(plan.Cases[0].Id, Side.Baseline, judge)!.Score.ShouldBe(new CriteriaScore(4, null, 2));
        again.State.Answer(plan.Cases[0].Id, Side.Candidate).ShouldBeNull();
        again.State.Answer(plan.Cases[1].Id, Side.Baseline).ShouldBeNull();
    }

    [Fact]
    public void A_segment_that_cannot_be_begun_is_let_go()
    {
        using var run = RunFolder.Open(folder.Path);
        using var journal = run.OpenJournal(plan, "0.0", new BrokenClock());

        Should.Throw<IOException>(() => journal.Append(Answer(0, "a"))).Message.ShouldBe("no clock");

        using var free = new FileStream(Segment(1), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        free.Length.ShouldBe(0);
    }

    sealed class BrokenClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => throw new IOException("no clock");
    }

    [Fact]
    public void A_file_cut_at_any_byte_loses_only_the_record_that_was_cut()
    {
        using (var journal = Open())
        {
            for (var i = 0; i < 3; i++)
                journal.Append(Answer(i, $"{i} ✓"));
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
                journal.Append(Answer(5, "after the cut"));
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
                        journal.Append(Answer(finished, $"{finished}"));
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
    public void Damage_before_the_end_is_an_error_with_its_place_and_nothing_is_cut()
    {
        using (var journal = Open())
        {
            journal.Append(Answer(0, "one"));
            journal.Append(Answer(1, "two"));
        }

        var bytes = File.ReadAllBytes(Segment(1));
        var at = Array.IndexOf(bytes, (byte)'\n') + 100;
        bytes[at] ^= 1;
        File.WriteAllBytes(Segment(1), bytes);

        var damage = Should.Throw<RunException>(() => Open());

        damage.Message.ShouldContain("000001.jsonl, line 2");
        File.ReadAllBytes(Segment(1)).ShouldBe(bytes);
    }

    [Fact]
    public void A_torn_end_in_an_older_segment_is_damage()
    {
        using (var journal = Open())
            journal.Append(Answer(0, "one"));
        using (var journal = Open())
            journal.Append(Answer(1, "two"));
        File.WriteAllBytes(Segment(1), File.ReadAllBytes(Segment(1))[..^3]);

        Should.Throw<RunException>(() => Open()).Message.ShouldContain("damaged");
    }

    [Fact]
    public void The_journal_of_another_plan_is_refused()
    {
        using (var journal = Open())
            journal.Append(Answer(0, "one"));

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
    public void A_later_answer_takes_the_place_of_a_failed_call()
    {
        using var journal = Open();
        journal.Append(Answer(0, "") with { Failure = "connection reset" });
        journal.Append(Answer(0, "yes"));

        journal.State.Answer(plan.Cases[0].Id, Side.Baseline)!.Failure.ShouldBeNull();
    }
}
