using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Plumbline.Judges;
using Plumbline.Pairs;
using Plumbline.Runs;
using Shouldly;

namespace Plumbline.Tests.Runs;

public sealed class RunJournalDamageTests : JournalOfSix
{
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
                    File.AppendAllText(last, "{\"crc\":\"0123");
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

    /// <summary>What was written whole was counted, and paid for: nothing that leaves the line feed in its place is a kill. The line feed itself may be what changed.</summary>
    [Theory]
    [InlineData(100)]
    [InlineData(2)]
    [InlineData(1)]
    public async Task A_changed_byte_in_the_last_line_is_damage_too_and_nothing_is_cut(int fromEnd)
    {
        using (var journal = Open())
        {
            await journal.AppendAsync(Answer(0, "one"));
            await journal.AppendAsync(Answer(1, "two"));
        }

        var bytes = File.ReadAllBytes(Segment(1));
        bytes[^fromEnd] ^= 1;
        File.WriteAllBytes(Segment(1), bytes);

        Should.Throw<RunException>(() => Open()).Message.ShouldContain("000001.jsonl, line 3: the line is damaged");
        Should.Throw<RunException>(() => RunJournal.Look(Path.Combine(folder.Path, "journal"), plan)).Message.ShouldContain("000001.jsonl, line 3");
        File.ReadAllBytes(Segment(1)).ShouldBe(bytes);
    }

    /// <summary>Some file systems make a file longer before its bytes are there: a power cut then leaves zeros.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(int.MaxValue)]
    public async Task Zeros_at_the_end_are_what_a_power_cut_leaves(int begun)
    {
        using (var journal = Open())
        {
            await journal.AppendAsync(Answer(0, "one"));
            await journal.AppendAsync(Answer(1, "two"));
        }

        var bytes = File.ReadAllBytes(Segment(1));
        var last = Array.LastIndexOf(bytes, (byte)'\n', bytes.Length - 2) + 1;
        // The last time the line feed alone was never written.
        File.WriteAllBytes(Segment(1), begun == int.MaxValue ? [.. bytes[..^1], 0] : [.. bytes[..(last + begun)], .. new byte[5000]]);

        using var rest = Open();

        rest.State.Answer(plan.Cases[0].Id, Side.Baseline).ShouldNotBeNull();
        rest.State.Answer(plan.Cases[1].Id, Side.Baseline).ShouldBeNull();
        new FileInfo(Segment(1)).Length.ShouldBe(last);
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

    /// <summary>To open it would wait for somebody at its other end, for ever.</summary>
    [Fact]
    public async Task A_pipe_in_the_place_of_a_segment_is_refused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "there are no named pipes in folders here");
        using (var journal = Open())
            await journal.AppendAsync(Answer(0, "one"));
        File.Delete(Segment(1));
        using (var make = System.Diagnostics.Process.Start("mkfifo", [Segment(1)]))
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);

        Should.Throw<RunException>(() => Open()).Message.ShouldContain("000001.jsonl is a named pipe");
    }

    [Fact]
    public async Task A_folder_in_the_place_of_a_segment_is_refused()
    {
        using (var journal = Open())
            await journal.AppendAsync(Answer(0, "one"));
        Directory.CreateDirectory(Segment(2));

        Should.Throw<RunException>(() => Open()).Message.ShouldContain("000002.jsonl is a folder, and a journal segment is a file");
    }

    /// <summary>Calls and costs in it would count twice, and so would a person's labels.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_copy_of_a_segment_is_refused(int copied)
    {
        using (var journal = Open())
            await journal.AppendAsync(Answer(0, "one"));
        for (var sitting = 0; sitting < 2; sitting++)
        {
            using var journal = Open();
            await journal.AppendAsync(new UsageRecord(DateTimeOffset.UnixEpoch, Plumbline.Costs.Spender.Baseline, "m", 1, 3, 4, 0));
        }

        Open().Dispose();
        File.Copy(Segment(copied + 1), Segment(4));

        Should.Throw<RunException>(() => Open()).Message.ShouldContain($"000004.jsonl is a copy of {copied + 1:D6}.jsonl");
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

        Should.Throw<RunException>(() => Open(PlanOf("seed two"))).Message.ShouldContain("another run");
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
}
