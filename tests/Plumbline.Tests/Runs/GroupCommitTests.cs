using Plumbline.Pairs;
using Plumbline.Runs;
using Plumbline.Tests.Audits;
using Shouldly;

namespace Plumbline.Tests.Runs;

public sealed class GroupCommitTests
{
    static readonly AnswerRecord Record = new(DateTimeOffset.UnixEpoch, "case", Side.Baseline, "No.", "stop", 3, 0.5, Failure: null);

    /// <summary>Where answers keep every thread of the pool busy, a record must not wait for them: each of them lets a further call go, whose answer a
    /// kill would lose.</summary>
    [Fact]
    public async Task A_record_does_not_stand_behind_what_keeps_the_thread_pool_busy()
    {
        using var folder = new TemporaryFolder();
        using var release = new ManualResetEventSlim();
        using var commits = new GroupCommit(() => new SegmentFile(Path.Combine(folder.Path, "1.jsonl")), static _ => { }, static (_, _, _) => { }, TimeProvider.System);
        // More than the pool would make threads for in the time that the record gets.
        var busy = Enumerable.Range(0, 200).Select(_ => Task.Run(release.Wait, TestContext.Current.CancellationToken)).ToList();

        var commit = commits.CommitAsync(Record, [1, 2, (byte)'\n']);
        var isWritten = SpinWait.SpinUntil(() => commit.IsCompleted, TimeSpan.FromSeconds(10));

        release.Set();
        await Task.WhenAll(busy);
        isWritten.ShouldBeTrue();
    }

    [Fact]
    public async Task What_comes_after_the_end_is_refused_and_what_came_before_it_is_written()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "1.jsonl");
        var commits = new GroupCommit(() => new SegmentFile(path), static _ => { }, static (_, _, _) => { }, TimeProvider.System);
        var last = Enumerable.Range(0, 50).Select(_ => commits.CommitAsync(Record, [1, 2, (byte)'\n'])).ToList();

        commits.Dispose();

        await Task.WhenAll(last);
        new FileInfo(path).Length.ShouldBe(150);
        Should.Throw<ObjectDisposedException>(() => { _ = commits.CommitAsync(Record, [1]); });
        commits.Dispose();
    }
}
