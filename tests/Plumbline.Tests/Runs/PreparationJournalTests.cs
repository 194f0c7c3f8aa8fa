using System.Globalization;
using Plumbline.Costs;
using Plumbline.Runs;
using Plumbline.Tests.Audits;
using Shouldly;

namespace Plumbline.Tests.Runs;

/// <summary>The file of what is answered before there is a plan; that whoever begins again asks none of it again is <see cref="PreparedAuditTests"/>' part.</summary>
public sealed class PreparationJournalTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    string File => Path.Combine(folder.Path, PreparationJournal.FileName);

    public void Dispose() => folder.Dispose();

    /// <summary>Whoever ends without a further answer ends for a reason of its own, or has all that it cost in the run's journal.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_disk_that_does_not_keep_it_is_told_to_the_next_answer_and_hides_no_other_end(bool deletes)
    {
        using var disk = new FailingDisk(room: int.MaxValue) { FailsNextFlush = true };
        var time = new ManualTime();
        var journal = PreparationJournal.Open(File, "0.0", time, disk.Create);
        await journal.AppendAsync(Answer(0));
        time.Advance(GroupCommit.DiskDelay);
        disk.Flushes.ShouldBe(1);

        (await Should.ThrowAsync<IOException>(() => journal.AppendAsync(Answer(1)))).Message.ShouldContain("Input/output error");
        if (deletes)
            journal.Delete();
        else
            journal.Dispose();

        System.IO.File.Exists(File).ShouldBe(!deletes);
        disk.Open.ShouldBe(0);
    }

    [Fact]
    public async Task Whether_a_model_has_answered_is_known_without_going_through_all_answers()
    {
        using var journal = PreparationJournal.Open(File, "0.0", TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => journal.AppendAsync(Answer(i))));
        journal.HasAnswersOf(Spender.Helper).ShouldBeTrue();
        var before = GC.GetAllocatedBytesForCurrentThread();

        journal.HasAnswersOf(Spender.Helper).ShouldBeTrue();
        journal.HasAnswersOf(Spender.Baseline).ShouldBeFalse();

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1000);
    }

    static PreparedRecord Answer(int question) => new(DateTimeOffset.UnixEpoch, Spender.Helper, "helper", question.ToString(CultureInfo.InvariantCulture), "words", "stop", InputTokens: 2, OutputTokens: 1, SentTokens: 2);
}
