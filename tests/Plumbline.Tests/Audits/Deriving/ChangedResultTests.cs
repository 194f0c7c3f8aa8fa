using System.Text;
using Plumbline.Archive;
using Plumbline.Audits;
using Plumbline.Audits.Deriving;
using Plumbline.Judges;
using Plumbline.Judges.Evaluation;
using Plumbline.Judges.Labels;
using Plumbline.Judges.Refusal;
using Plumbline.Labelling;
using Plumbline.Pairs;
using Plumbline.Runs;
using Shouldly;
using static Plumbline.Tests.Audits.SmallAudit;

namespace Plumbline.Tests.Audits.Deriving;

/// <summary>A result that is not as it was written, as whoever reads it meets it.</summary>
public sealed class ChangedResultTests : IDisposable
{
    const string NotAsWritten = " is not as it was written: it was edited, or another file was put in its place, or its line ends were converted (derived.json beside it holds its length and SHA-256). ";

    readonly TemporaryFolder folder = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    string Result => Path.Combine(folder.Path, AuditFile.Name);

    public void Dispose() => folder.Dispose();

    Task<AuditDocument> RunAsync() => Run(Request(ScriptedClient.Saying(_ => "4 0 0"), ScriptedClient.Saying(_ => "4 4 2"), Prompts(10)), folder.Path, Token);

    [Theory]
    [InlineData("\"outcome\": \"", "\"outcome\": \"improved\", \"was\": \"", true)]
    [InlineData("\"response\": \"4 4 2\"", "\"response\": \"4 0 0\"", false)]
    [InlineData("\"response\": \"4 4 2\"", "\"response\": \"4 0 00\"", true)]
    public async Task It_is_refused_with_what_to_do_and_made_anew_by_going_on(string before, string after, bool isListed)
    {
        await RunAsync();
        var text = await File.ReadAllTextAsync(Result, Token);
        var at = text.LastIndexOf(before, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Result, string.Concat(text.AsSpan(0, at), after, text.AsSpan(at + before.Length)), Token);

        var refusal = Should.Throw<RunException>(() => AuditFile.Read(Result)).Message;

        refusal.ShouldBe($"{Result}{NotAsWritten}Restore it from a copy, or have it written again from the run: 'plumb resume' with '{folder.Path}'.");
        // What is shown at a glance stands before the cases, none of which is read for it: a changed case of the same length shows there nowhere.
        if (isListed)
            Should.Throw<RunException>(() => RunArchive.Glance(folder.Path)).Message.ShouldBe(refusal);
        else
            RunArchive.Glance(folder.Path).Counts!.Scored.ShouldBe(10);
        (await Should.ThrowAsync<RunException>(() => new StoredRunJudge(TimeProvider.System).JudgeAsync(new JudgingRequest(new RefusalJudge()), folder.Path, progress: null, Token))).Message.ShouldBe(refusal);
        await RunAsync();
        (await File.ReadAllTextAsync(Result, Token)).ShouldBe(text);
        AuditFile.Read(Result).Counts.Scored.ShouldBe(10);
    }

    /// <summary>Labels had an edited result written again as if it were the run's.</summary>
    [Fact]
    public async Task No_label_is_taken_over_it()
    {
        var audit = await RunAsync();
        var journal = JournalBytes();
        await File.AppendAllTextAsync(Result, "\n", Token);
        List<Label> labels = [new(LabelSheet.IdOf(audit.RunId, audit.Cases[0].Id, Side.Candidate, audit.Cases[0].Candidate!.Response), new CriteriaScore(4, 0, 0), "", "row")];

        (await Should.ThrowAsync<RunException>(() => new HumanLabels().ImportAsync(folder.Path, labels, TimeProvider.System))).Message.ShouldContain(NotAsWritten);

        JournalBytes().ShouldBe(journal);
        await RunAsync();
        (await new HumanLabels().ImportAsync(folder.Path, labels, TimeProvider.System)).ShouldBe(1);
        JournalBytes().ShouldNotBe(journal);
    }

    /// <summary>What labels have written anew is known as well: it is derived again by whoever goes on, and an edit of it is told until then.</summary>
    [Fact]
    public async Task With_labels_it_is_as_it_was_written_too()
    {
        var audit = await RunAsync();
        await new HumanLabels().ImportAsync(folder.Path, [new(LabelSheet.IdOf(audit.RunId, audit.Cases[0].Id, Side.Candidate, audit.Cases[0].Candidate!.Response), new CriteriaScore(4, 0, 0), "", "row")], TimeProvider.System);

        AuditFile.Read(Result).Counts.Scored.ShouldBe(10);
        RunArchive.Glance(folder.Path).Counts!.Scored.ShouldBe(10);
        await File.AppendAllTextAsync(Result, " ", Token);
        Should.Throw<RunException>(() => AuditFile.Read(Result)).Message.ShouldContain(NotAsWritten);
    }

    /// <summary>A copy has no record of it; nor has the result of an earlier version, or one after which a kill came.</summary>
    [Fact]
    public async Task Without_its_record_it_is_read_as_it_is()
    {
        await RunAsync();
        var copy = folder.File("copy.json", (await File.ReadAllTextAsync(Result, Token)).Replace("\"4 4 2\"", "\"4 4 4\"", StringComparison.Ordinal));

        AuditFile.Read(copy).Cases[0].Candidate!.Response.ShouldBe("4 4 4");
        File.Move(copy, Result, overwrite: true);
        Should.Throw<RunException>(() => AuditFile.Read(Result));
        File.Delete(Path.Combine(folder.Path, DerivedRecord.FileName));
        AuditFile.Read(Result).Cases[0].Candidate!.Response.ShouldBe("4 4 4");
    }

    /// <summary>Whoever reads meanwhile, or after a kill, must not take a new result for an edited one.</summary>
    [Fact]
    public async Task While_a_result_is_written_no_record_of_the_one_before_lies_beside_it()
    {
        var audit = await RunAsync();
        var record = Path.Combine(folder.Path, DerivedRecord.FileName);
        File.Exists(record).ShouldBeTrue();

        Should.Throw<InvalidOperationException>(() => DerivedRecord.Write(folder.Path, "from", audit with { Cases = new Watched(() => File.Exists(record)) })).Message.ShouldBe("False");

        AuditFile.Read(Result).Counts.Scored.ShouldBe(10);
    }

    /// <summary>As Git does it where it is told to convert line ends: both files are other ones, and the record says the same still.</summary>
    [Fact]
    public async Task What_has_its_line_ends_converted_is_told_with_that_cause()
    {
        await RunAsync();
        foreach (var file in new[] { Result, Path.Combine(folder.Path, DerivedRecord.FileName) })
            await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, Token)).Replace("\n", "\r\n", StringComparison.Ordinal), Token);

        Should.Throw<RunException>(() => AuditFile.Read(Result)).Message.ShouldContain("or its line ends were converted");
        Should.Throw<RunException>(() => RunArchive.Glance(folder.Path)).Message.ShouldContain("or its line ends were converted");
    }

    /// <summary>A record that nobody can take away, such as a read-only one on Windows, had the new result refused for good.</summary>
    [Fact]
    public async Task Where_the_record_stands_no_other_result_is_put_beside_it()
    {
        var audit = await RunAsync();

        Should.Throw<UnauthorizedAccessException>(() => DerivedRecord.Write(folder.Path, "from", audit with { Cautions = ["new"] }, path => throw new UnauthorizedAccessException($"Access to the path '{path}' is denied.")))
            .Message.ShouldContain(DerivedRecord.FileName);

        AuditFile.Read(Result).Cautions.ShouldBe(audit.Cautions);
    }

    /// <summary>What is no record holds nothing against a result: it is written all the same.</summary>
    [Fact]
    public async Task Where_no_whole_record_stands_a_result_is_written_beside_it()
    {
        var audit = await RunAsync();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, DerivedRecord.FileName), "", Token);

        DerivedRecord.Write(folder.Path, "from", audit with { Cautions = ["new"] }, path => throw new UnauthorizedAccessException($"Access to the path '{path}' is denied."));

        AuditFile.Read(Result).Cautions.ShouldBe(["new"]);
    }

    /// <summary>Another process may write the result anew between the look at its record and that at the file. A few reads in ten thousand were refused so, of results that nobody had edited.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_written_anew_while_it_is_read_is_no_edited_one(bool isRecorded)
    {
        var audit = await RunAsync();
        var anew = audit with { Cautions = ["written anew"] };
        List<string?> records = [];

        AuditFile.Read(Result, Overtaken).Cautions.ShouldBe(["written anew"]);

        records.ShouldBe([Sum(audit), isRecorded ? Sum(anew) : null, isRecorded ? Sum(anew) : null], "the record that is gone, and twice what there is now: for whether it is another, and to begin anew");
        File.Delete(Result);
        DerivedRecord.Write(folder.Path, "from", audit);
        records.Clear();
        AuditFile.ReadHead(Result, file => JsonHead.Read(file, Result, ["cautions"]), Overtaken)["cautions"][0].GetString().ShouldBe("written anew");

        DerivedRecord? Overtaken()
        {
            var record = DerivedRecord.Read(folder.Path);
            if (records.Count == 0)
                Overtake();
            records.Add(record?.Audit.Sha256);
            return record;
        }

        void Overtake()
        {
            DerivedRecord.Write(folder.Path, "from", anew);
            if (!isRecorded)
                File.Delete(Path.Combine(folder.Path, DerivedRecord.FileName));
        }

        string Sum(AuditDocument document)
        {
            using var other = new TemporaryFolder();
            return DerivedRecord.Write(other.Path, "from", document).Audit.Sha256;
        }
    }

    /// <summary>Nobody waits for ever, and nothing is said of an edit that was not seen.</summary>
    [Fact]
    public async Task What_is_written_anew_whenever_it_is_read_is_told_as_such()
    {
        var audit = await RunAsync();
        var times = 0;

        Should.Throw<RunException>(() => AuditFile.Read(Result, () =>
        {
            var record = DerivedRecord.Read(folder.Path);
            DerivedRecord.Write(folder.Path, "from", audit with { Cautions = [$"{++times}"] });
            return record;
        })).Message.ShouldBe($"{Result} is written anew again and again while it is read. Wait until nothing works on the run, and run the same command again.");

        AuditFile.Read(Result).Cautions.ShouldBe([$"{times}"]);
    }

    /// <summary>Its cases are read when they are asked for, from the file that was held against the record.</summary>
    [Fact]
    public async Task A_result_that_is_read_stays_what_it_is_whatever_takes_its_place()
    {
        var audit = await RunAsync();
        var read = AuditFile.Read(Result);

        AuditFile.Write(Result, audit with { Cases = [.. audit.Cases.Take(1)] });

        read.Cases.Select(one => one.Id).ShouldBe(audit.Cases.Select(one => one.Id));
    }

    string JournalBytes() => string.Concat(Directory.GetFiles(Path.Combine(folder.Path, "journal")).Order(StringComparer.Ordinal).Select(file => Encoding.UTF8.GetString(File.ReadAllBytes(file))));

    /// <summary>Cases that cannot be written, and say what was so when it was tried.</summary>
    sealed class Watched(Func<bool> look) : IReadOnlyList<CaseResult>
    {
        public int Count => 1;

        public CaseResult this[int index] => throw new InvalidOperationException(look().ToString());

        public IEnumerator<CaseResult> GetEnumerator() => throw new InvalidOperationException(look().ToString());

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
