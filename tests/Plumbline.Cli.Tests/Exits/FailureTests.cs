using System.Net.Sockets;
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
        { new InvalidDataException("plan.json, element 3: damaged"), 2 },
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

    [Theory]
    [InlineData(DiskFull)]
    [InlineData(122)]
    [InlineData(69)]
    [InlineData(unchecked((int)0x80070027))]
    [InlineData(unchecked((int)0x80070070))]
    [InlineData(unchecked((int)0x8007050F))]
    public void A_full_disk_or_quota_is_told_with_what_to_do(int result)
    {
        Failure.Of(new IOException("No room", result)).Sentence.ShouldContain("free some space");
        Failure.Of(new RunException("the journal cannot be written", new IOException("No room", result))).ShouldBe(Failure.Of(new IOException("No room", result)));
    }

    /// <summary>It was said that nothing half-written is left, beside a journal that ends in a torn line.</summary>
    [Fact]
    public void A_full_disk_under_a_journal_is_told_with_what_is_kept_and_what_becomes_of_a_torn_end()
    {
        Failure.Of(new JournalException(new IOException("No room", DiskFull))).ShouldBe(new Failure(
            ExitCode.Failure,
            "The disk is full, or your quota on it is used up (No room). What was finished before is kept in the run's journal. A torn line at its end is cut off at the next start: nobody had counted it. "
            + "Free some space and run the same command again."));
        Failure.Of(new JournalException(new IOException("Input/output error"))).Sentence.ShouldStartWith("The journal could not be written: Input/output error What was written before is kept");
    }

    /// <summary>Whatever comes next fails where no more may be opened: it is not the suite's fault, or the server's.</summary>
    [Fact]
    public void Too_many_open_files_are_told_whatever_failed_for_them()
    {
        Exception[] failures =
        [
            new SuiteException("prompts.jsonl cannot be read: too many open files", new IOException("Too many open files", 24)),
            new SideUnavailableException(Side.Baseline, "cannot be asked", new ModelUnreachableException("cannot be reached", new HttpRequestException("no", new SocketException((int)SocketError.TooManyOpenSockets)))),
            new AggregateException(new InvalidOperationException("no"), new IOException("Too many open files in system", 23)),
        ];

        failures.ShouldAllBe(failure => Failure.Of(failure).Sentence.StartsWith("Too many files and connections are open at once", StringComparison.Ordinal) && Failure.Of(failure).Code == ExitCode.Failure);
        Failure.Of(new SuiteException("no", new FileNotFoundException("no"))).Sentence.ShouldBe("no");
    }

    [Fact]
    public void What_nobody_foresaw_is_told_as_our_fault() =>
        Failure.Of(new InvalidOperationException("odd")).Sentence.ShouldStartWith("This is a fault in Plumbline: InvalidOperationException: odd");
}
