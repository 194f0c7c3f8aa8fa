using Plumbline.Audits;
using Plumbline.Judges;
using Plumbline.Judges.Labels;
using Plumbline.Labelling;
using Plumbline.Pairs;
using Plumbline.Runs;
using Plumbline.Tests.Audits;
using Shouldly;

namespace Plumbline.Tests.Labelling;

public sealed class HumanLabelsTests : IDisposable
{
    readonly TemporaryFolder read = new();
    readonly TemporaryFolder other = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        read.Dispose();
        other.Dispose();
    }

    [Fact]
    public async Task Labels_of_a_finished_run_are_not_taken_into_an_unfinished_one_which_can_still_be_opened()
    {
        var sheet = Labels(await RunAsync(read, _ => "4 0 0"));
        using (var stop = CancellationTokenSource.CreateLinkedTokenSource(Token))
        {
            var asked = 0;
            await Should.ThrowAsync<OperationCanceledException>(RunAsync(other, _ => Interlocked.Increment(ref asked) > 5 ? Cancelled(stop) : "4 0 0", stop.Token));
        }

        (await Should.ThrowAsync<LabelException>(new HumanLabels().ImportAsync(other.Path, sheet, TimeProvider.System))).Message.ShouldContain("holds no answer to the item");

        using (var run = RunFolder.Open(other.Path))
        using (var journal = run.OpenJournal(run.ReadPlan()!, AuditRunner.ToolVersion, TimeProvider.System))
            run.ReadPlan()!.Cases.ShouldAllBe(one => journal.State.Judged(one.Id, Side.Candidate, new HumanLabels().Rater) == null);
        (await RunAsync(other, _ => "4 0 0")).Counts.Scored.ShouldBe(20);
    }

    [Fact]
    public async Task Labels_go_to_the_words_that_were_read_and_to_no_others()
    {
        var sheet = Labels(await RunAsync(read, prompt => $"4 0 0 {prompt}"));
        var again = await RunAsync(other, prompt => prompt.EndsWith('7') ? "4 0 0 in other words" : $"4 0 0 {prompt}");
        again.RunId.ShouldBe(AuditFile.Read(Path.Combine(read.Path, AuditFile.Name)).RunId, "one request, two runs");

        var told = await Should.ThrowAsync<LabelException>(new HumanLabels().ImportAsync(other.Path, sheet, TimeProvider.System));
        told.Message.ShouldContain("is another answer than the one that the run in");
        new HumanLabels().Compare(other.Path, again).ShouldBeEmpty("a sheet is taken whole or not at all");
        (await new HumanLabels().ImportAsync(read.Path, sheet, TimeProvider.System)).ShouldBe(40);
    }

    /// <summary>The name stands in tables, in sentences and in a run for good.</summary>
    [Fact]
    public async Task A_name_that_is_none_labels_nothing()
    {
        var sheet = Labels(await RunAsync(read, _ => "4 0 0"));
        foreach (var (name, told) in new[] { (new string('x', 65), "has 65 characters"), ("a\e[2J", "holds U+001B"), ("a\u202eb", "holds U+202E"), ("a\0b", "holds U+0000") })
        {
            var refused = await Should.ThrowAsync<LabelException>(new HumanLabels(name).ImportAsync(read.Path, sheet, TimeProvider.System));
            refused.Message.ShouldContain(told);
            refused.Message.ShouldEndWith("it must be 1 to 64 printable characters.");
        }

        HumanLabels.In(read.Path).ShouldBeEmpty();
        (await new HumanLabels(new string('x', 64)).ImportAsync(read.Path, sheet, TimeProvider.System)).ShouldBe(40);
        (await new HumanLabels("Anna Åström").ImportAsync(read.Path, sheet, TimeProvider.System)).ShouldBe(40);
    }

    [Fact]
    public async Task A_sheet_that_does_not_say_which_words_were_read_is_told_to_be_old()
    {
        var old = Labels(await RunAsync(read, _ => "4 0 0")).Select(label => label with { Id = label.Id[..16] });

        (await Should.ThrowAsync<LabelException>(new HumanLabels().ImportAsync(read.Path, [.. old], TimeProvider.System))).Message.ShouldContain("sheet.csv, line 1: the item '");
        (await Should.ThrowAsync<LabelException>(new HumanLabels().ImportAsync(read.Path, [.. old], TimeProvider.System))).Message.ShouldContain("was exported by an earlier version");
    }

    /// <summary>A column that is sorted without the others puts every score beside another answer.</summary>
    [Theory]
    [InlineData("csv")]
    [InlineData("jsonl")]
    public async Task A_sheet_whose_responses_are_not_those_of_its_items_is_not_taken(string format)
    {
        var audit = await RunAsync(read, prompt => $"4 0 0 it\u2019s {prompt}\r\nand\u001b[31m more ");
        var sheet = Filled(audit, format);
        (await new HumanLabels().ImportAsync(read.Path, LabelSheet.Read(read.File("whole." + format, sheet)), TimeProvider.System)).ShouldBe(40);

        var sorted = sheet.Replace("it\u2019s harmful request 1\r", "it\u2019s harmful request 2\r", StringComparison.Ordinal)
            .Replace("it\\u2019s harmful request 1\\r", "it\\u2019s harmful request 2\\r", StringComparison.Ordinal);
        var told = await Should.ThrowAsync<LabelException>(new HumanLabels("ana").ImportAsync(read.Path, LabelSheet.Read(read.File("sorted." + format, sorted)), TimeProvider.System));
        told.Message.ShouldContain($"sorted.{format}, line ");
        told.Message.ShouldContain("was a column sorted or pasted without the others?");
        new HumanLabels("ana").Compare(read.Path, audit).ShouldBeEmpty("a sheet is taken whole or not at all");
    }

    [Theory]
    [InlineData("It's \"so\" - well...", "It\u2019s \u201cso\u201d \u2014 well\u2026", true)]
    [InlineData("one\ntwo  \n\nthree", "one\r\ntwo\r\n\r\nthree\r\n", true)]
    [InlineData("'=1+1", "=1+1", true)]
    [InlineData("a\u27e8U+001B\u27e9[31mred\u27e8U+000D\u27e9x", "a\u001b[31mred\rx", true)]
    [InlineData("\u27e8U+D800\u27e9", "\ud800", true)]
    [InlineData("na\ufffdve, no?", "na\u00efve, no?", true)]
    [InlineData("????", "\u4f60\u597d", true)]
    [InlineData("42", "42.0", true)]
    [InlineData("", "", true)]
    [InlineData("", "Sure, here", false)]
    [InlineData("I cannot help.", "I can help.", false)]
    [InlineData("na\ufffdve", "naive", false)]
    [InlineData("42", "43", false)]
    [InlineData("\u4f60\u597d", "\u518d\u89c1", false)]
    [InlineData("B", "A", false)]
    public void What_a_spreadsheet_changes_about_words_leaves_them_the_same(string onSheet, string answer, bool same) => SheetWords.AreSame(onSheet, answer).ShouldBe(same);

    [Fact]
    public async Task A_sheet_of_another_request_is_told_as_that()
    {
        await RunAsync(read, _ => "4 0 0");
        Label stranger = new(new string('0', 16) + "-" + new string('0', 16), new CriteriaScore(4, 0, 0), "", "sheet.csv, line 9");

        (await Should.ThrowAsync<LabelException>(new HumanLabels().ImportAsync(read.Path, [stranger], TimeProvider.System))).Message.ShouldContain("line 9: the item '0000000000000000-0000000000000000' is not of the run in");
    }

    [Fact]
    public async Task Looking_at_labels_needs_no_hold_on_the_run_and_makes_no_folder()
    {
        var audit = await RunAsync(read, _ => "4 0 0");
        await new HumanLabels().ImportAsync(read.Path, Labels(audit), TimeProvider.System);
        using (RunFolder.Open(read.Path))
            new HumanLabels().Compare(read.Path, audit).ShouldHaveSingleItem().Labelled.ShouldBe(20);

        var nowhere = Path.Combine(other.Path, "nowhere");
        Should.Throw<RunException>(() => new HumanLabels().Compare(nowhere, audit)).Message.ShouldStartWith($"There is no run in '{nowhere}'");
        (await Should.ThrowAsync<RunException>(new HumanLabels().ImportAsync(nowhere, Labels(audit), TimeProvider.System))).Message.ShouldStartWith($"There is no run in '{nowhere}'");
        Directory.Exists(nowhere).ShouldBeFalse();
    }

    static string Cancelled(CancellationTokenSource stop)
    {
        stop.Cancel();
        throw new OperationCanceledException(stop.Token);
    }

    static Task<AuditDocument> RunAsync(TemporaryFolder folder, Func<string, string> candidate, CancellationToken? token = null) => new AuditRunner(TimeProvider.System).RunAsync(
        SmallAudit.Request(ScriptedClient.Saying(_ => "4 0 0"), ScriptedClient.Saying(candidate), SmallAudit.Prompts(20)) with { Concurrency = 1 },
        folder.Path,
        progress: null,
        token ?? Token);

    static string Filled(AuditDocument audit, string format)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        if (format == "csv")
            LabelSheet.WriteCsv(LabelSheet.Items(audit, cases: null, seed: 1), writer);
        else
            LabelSheet.WriteJsonLines(LabelSheet.Items(audit, cases: null, seed: 1), writer);
        return writer.ToString().Replace(",,,,\n", ",4,0,0,\n", StringComparison.Ordinal).Replace("\"compliance\":null", "\"compliance\":0", StringComparison.Ordinal);
    }

    static IReadOnlyList<Label> Labels(AuditDocument audit) =>
        [.. LabelSheet.Items(audit, cases: null, seed: 1).Select((item, row) => new Label(item.Id, new CriteriaScore(4, 0, 0), "", $"sheet.csv, line {row + 1}"))];
}
