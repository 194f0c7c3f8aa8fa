using Plumbline.Pairs;
using Plumbline.Runs;
using Shouldly;

namespace Plumbline.Tests.Runs;

public sealed class RunJournalDiskTests : JournalOfSix
{
    [Fact]
    public async Task A_segment_that_cannot_be_begun_is_let_go()
    {
        using var disk = new FailingDisk(room: 10);
        using (var journal = RunJournal.Open(Journal, plan, "0.0", TimeProvider.System, disk.Create))
            (await Should.ThrowAsync<JournalException>(journal.AppendAsync(Answer(0, "a")))).InnerException.ShouldBeOfType<IOException>();

        disk.Open.ShouldBe(0);
        Directory.GetFiles(Journal).ShouldBeEmpty("nothing stood in it that anybody had counted");
        using var again = Open();
        await again.AppendAsync(Answer(0, "a"));
    }

    /// <summary>What failed to take it away told of the folder, and not of the disk.</summary>
    [Fact]
    public async Task A_segment_that_cannot_be_begun_nor_taken_away_fails_by_what_the_disk_said()
    {
        using var journal = RunJournal.Open(Journal, plan, "0.0", TimeProvider.System, _ => new Unplugged(() => Directory.Delete(Journal, recursive: true)));

        (await Should.ThrowAsync<JournalException>(journal.AppendAsync(Answer(0, "a")))).InnerException!.Message.ShouldBe("Input/output error");
    }

    /// <summary>A segment on a disk that is taken out when it is first written to.</summary>
    sealed class Unplugged(Action unplug) : ISegmentFile
    {
        public long Length => 0;

        public void Write(ReadOnlySpan<byte> bytes)
        {
            unplug();
            throw new IOException("Input/output error");
        }

        public void FlushToDisk()
        {
        }

        public void Dispose()
        {
        }
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
        using (var again = Open())
            again.WasTorn.ShouldBeTrue();
        File.ReadAllBytes(Segment(1))[^1].ShouldBe((byte)'\n');
        using var later = Open();
        later.WasTorn.ShouldBeFalse();
        later.State.Answer(plan.Cases[0].Id, Side.Baseline)!.Response.ShouldBe("kept");
        Enumerable.Range(2, 4).ShouldAllBe(i => later.State.Answer(plan.Cases[i].Id, Side.Baseline) == null);
        await later.AppendAsync(Answer(5, "later"));
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
    public async Task The_disk_is_asked_before_anybody_is_told_that_a_record_is_written()
    {
        var time = new ManualTime();
        var wasAsked = false;
        using var commits = new GroupCommit(
            () => new SegmentFile(Path.Combine(Journal, "1.jsonl")), static _ => { }, (_, _, _) => wasAsked = time.HasTimers, time);

        await commits.CommitAsync(Answer(0, "a"), "a\n"u8.ToArray());

        wasAsked.ShouldBeTrue();
    }

    [Fact]
    public async Task A_disk_that_did_not_keep_what_was_written_is_told_of_at_the_end_though_it_says_yes_to_the_next_question()
    {
        var time = new ManualTime();
        using var disk = new FailingDisk(room: int.MaxValue);
        var journal = RunJournal.Open(Journal, plan, "0.0", time, disk.Create);
        await journal.AppendAsync(Answer(0, "the last one"));
        disk.FailsNextFlush = true;
        time.Advance(GroupCommit.DiskDelay);

        Should.Throw<IOException>(journal.Dispose).Message.ShouldContain("Input/output error");
        disk.Open.ShouldBe(0);
    }
}
