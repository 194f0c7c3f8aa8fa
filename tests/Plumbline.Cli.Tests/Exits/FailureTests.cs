using Plumbline.Audits;
using Plumbline.Cli.Exits;
using Plumbline.Datasets;
using Plumbline.Pairs;
using Plumbline.Providers;
using Plumbline.Runs;
using Plumbline.Suites;
using Plumbline.Transformers.Checkpoints;
using Shouldly;

namespace Plumbline.Cli.Tests.Exits;

public sealed class FailureTests
{
    private const int DiskFull = 28;

    public static TheoryData<Exception, int> Meanings => new()
    {
        { new UsageException("no"), 2 },
        { new SuiteException("no"), 2 },
        { new DatasetException("no"), 2 },
        { new CheckpointException("no"), 2 },
        { new ModelReferenceException("no"), 2 },
        { new RunException("the folder holds another run"), 2 },
        { new RunException("the folder cannot be written", new UnauthorizedAccessException()), 1 },
        { new ModelUnreachableException("no"), 6 },
        { new SideUnavailableException(Side.Baseline, "no", new ModelUnreachableException("no")), 6 },
        { new SideUnavailableException(Side.Candidate, "no", new InvalidOperationException("no")), 1 },
        { new AggregateException(new ModelUnreachableException("no")), 6 },
        { new IOException("no", DiskFull), 1 },
        { new CheckpointException("the file cannot be written", new IOException("no", DiskFull)), 1 },
        { new CheckpointException("the file cannot be read", new FileNotFoundException("no")), 2 },
        { new UnauthorizedAccessException("no"), 1 },
        { new InvalidOperationException("no"), 1 },
    };

    [Theory]
    [MemberData(nameof(Meanings))]
    public void Every_failure_has_its_documented_code(Exception exception, int code) => ((int)Failure.Of(exception).Code).ShouldBe(code);

    [Fact]
    public void A_full_disk_is_told_with_what_to_do() =>
        Failure.Of(new IOException("No space left on device", DiskFull)).Sentence.ShouldContain("free some space");

    [Fact]
    public void What_nobody_foresaw_is_told_as_our_fault() =>
        Failure.Of(new InvalidOperationException("odd")).Sentence.ShouldStartWith("This is a fault in Plumbline: InvalidOperationException: odd");
}
