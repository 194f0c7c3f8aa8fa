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

namespace Plumbline.Tests.Audits;

/// <summary>A run whose result another judge was asked for, and that is gone on with.</summary>
public sealed class OtherJudgeTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    string Result => Path.Combine(folder.Path, AuditFile.Name);

    string Record => Path.Combine(folder.Path, DerivedRecord.FileName);

    static AuditRequest Usual() => Request(ScriptedClient.Saying(_ => "4 0 0"), ScriptedClient.Saying(_ => "4 4 2"), Prompts(10));

    Task<ConcludedAudit> GoOn(AuditRequest request) => new AuditRunner(TimeProvider.System).ConcludeAsync(request, folder.Path, progress: null, Token);

    Task<AuditDocument> JudgeAsync() => new StoredRunJudge(TimeProvider.System).JudgeAsync(new JudgingRequest(new RefusalJudge()), folder.Path, progress: null, Token);

    [Fact]
    public async Task Its_result_stands_where_nothing_is_left_to_do_and_else_the_runs_own_comes_back_and_says_so()
    {
        var own = (await GoOn(Usual())).Document;
        await JudgeAsync();
        var judged = await File.ReadAllTextAsync(Result, Token);

        var kept = await GoOn(Usual() with { KeepsOtherJudge = true });

        (kept.WasThere, kept.AskedNothing, kept.Replaced, kept.Document.Judge.Id).ShouldBe((true, true, null, "refusal"));
        kept.HasReport("report.html", "a maker").ShouldBeFalse();
        (await File.ReadAllTextAsync(Result, Token)).ShouldBe(judged);

        var back = await GoOn(Usual());
        (back.WasThere, back.AskedNothing, back.Replaced?.Id).ShouldBe((false, true, "refusal"));
        AsJson(AuditFile.Read(Result)).ShouldBe(AsJson(own));
        (await GoOn(Usual())).Replaced.ShouldBeNull("it is the run's own by now");
    }

    /// <summary>What failed is asked again and read by the run's own judge: the other has not read it.</summary>
    [Fact]
    public async Task Where_something_was_asked_the_runs_own_judge_decides_and_the_others_result_is_told()
    {
        var isIll = true;
        var request = Usual() with { KeepsOtherJudge = true };
        request = request with { Candidate = request.Candidate with { Client = new ScriptedClient(prompt => isIll && prompt.EndsWith('7') ? throw new InvalidOperationException("ill") : ScriptedClient.Response("4 4 2")) } };
        await GoOn(request);
        await JudgeAsync();
        isIll = false;

        var again = await GoOn(request);

        (again.WasThere, again.AskedNothing, again.Replaced?.Id, again.Document.Counts.Scored).ShouldBe((false, false, "refusal", 10));
    }

    /// <summary>A sitting that asked again for what failed, and was killed before it wrote its result, leaves the other judge's of before: there is nothing to be asked any more.</summary>
    [Fact]
    public async Task A_result_of_before_the_last_answers_does_not_stand()
    {
        var isIll = true;
        var request = Usual() with { KeepsOtherJudge = true };
        request = request with { Candidate = request.Candidate with { Client = new ScriptedClient(prompt => isIll && prompt.EndsWith('7') ? throw new InvalidOperationException("ill") : ScriptedClient.Response("4 4 2")) } };
        await GoOn(request);
        await JudgeAsync();
        var (judged, record) = (await File.ReadAllBytesAsync(Result, Token), await File.ReadAllBytesAsync(Record, Token));
        isIll = false;
        await GoOn(request);
        await File.WriteAllBytesAsync(Result, judged, Token);
        await File.WriteAllBytesAsync(Record, record, Token);

        var again = await GoOn(request);

        (again.WasThere, again.AskedNothing, again.Replaced?.Id, again.Document.Counts.Scored).ShouldBe((false, true, "refusal", 10));
        AuditFile.Read(Result).Judge.Id.ShouldBe(Usual().Judge.Id);
    }

    [Fact]
    public async Task A_result_that_was_edited_does_not_stand()
    {
        var own = (await GoOn(Usual())).Document;
        var outcome = AsJson((await JudgeAsync()).Verdict.Outcome);
        var text = await File.ReadAllTextAsync(Result, Token);
        var edited = text.Replace($"\"outcome\": {outcome}", "\"outcome\": \"improved\"", StringComparison.Ordinal);
        edited.ShouldNotBe(text);
        await File.WriteAllTextAsync(Result, edited, Token);

        var again = await GoOn(Usual() with { KeepsOtherJudge = true });

        (again.WasThere, again.Replaced?.Id, again.ReplacedWasGone).ShouldBe((false, "refusal", true));
        AsJson(again.Document).ShouldBe(AsJson(own));
    }

    /// <summary>Nothing says which journal it is of: an earlier version wrote no record of it.</summary>
    [Fact]
    public async Task A_result_without_a_record_does_not_stand()
    {
        await GoOn(Usual());
        await JudgeAsync();
        File.Delete(Record);

        var again = await GoOn(Usual() with { KeepsOtherJudge = true });
        (again.Replaced?.Id, again.ReplacedWasGone).ShouldBe(("refusal", false));
    }

    [Fact]
    public async Task Labels_that_came_after_it_leave_it_standing_and_make_no_edited_one_stand()
    {
        await GoOn(Usual());
        var judged = await JudgeAsync();
        var labels = judged.Cases.Select(one => new Label(LabelSheet.IdOf(judged.RunId, one.Id, Side.Candidate, one.Candidate!.Response), new CriteriaScore(4, 0, 0), "", "row")).ToList();
        await new HumanLabels().ImportAsync(folder.Path, labels, TimeProvider.System);

        var kept = await GoOn(Usual() with { KeepsOtherJudge = true });

        (kept.WasThere, kept.Document.Judge.Id, kept.Document.LabelledAt is null).ShouldBe((true, "refusal", false));
        await File.AppendAllTextAsync(Result, "\n", Token);
        await Should.ThrowAsync<RunException>(() => new HumanLabels().ImportAsync(folder.Path, labels, TimeProvider.System));
        (await GoOn(Usual() with { KeepsOtherJudge = true })).Replaced?.Id.ShouldBe("refusal");
    }

    /// <summary>The run's own judge came back without a word of whose result had been there.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData(null)]
    public async Task Whose_result_was_there_is_known_where_it_is_damaged_or_gone(string? damaged)
    {
        await GoOn(Usual());
        await JudgeAsync();
        Damage(damaged);

        var again = await GoOn(Usual() with { KeepsOtherJudge = true });

        (again.WasThere, again.HasChanged, again.Replaced?.Id, again.ReplacedWasGone, again.Document.Judge.Id).ShouldBe((false, true, "refusal", true, Usual().Judge.Id));
        (await GoOn(Usual() with { KeepsOtherJudge = true })).Replaced.ShouldBeNull("it is the run's own by now");
        Damage(damaged);
        (await GoOn(Usual())).Replaced.ShouldBeNull("nobody else's was there");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    public async Task A_damaged_result_without_a_record_is_nobodys(string damaged)
    {
        await GoOn(Usual());
        await JudgeAsync();
        Damage(damaged);
        File.Delete(Record);

        var again = await GoOn(Usual() with { KeepsOtherJudge = true });

        (again.WasThere, again.Replaced, again.Document.Judge.Id).ShouldBe((false, null, Usual().Judge.Id));
    }

    void Damage(string? content)
    {
        if (content is null)
            File.Delete(Result);
        else
            File.WriteAllText(Result, content);
    }

    [Fact]
    public async Task A_result_that_is_still_to_be_written_says_so()
    {
        var request = Usual();
        await GoOn(request);
        File.Delete(Result);

        var document = StoredRunJudge.SoFar(folder.Path, request.Judge, JudgeRegistry.Empty);

        (document.IsUnwritten, document.HasEnded).ShouldBe((true, true));
        document.Cautions[0].ShouldBe("The result of the run (audit.json) is still to be written: every case that it needs was tried, and this is derived from what is there. 'plumb resume' writes it, without asking a case.");
        StoredRunJudge.StandingOf(folder.Path, request.Judge, Token).HasEnded.ShouldBeTrue();
        StoredRunJudge.StandingOf(folder.Path, new RefusalJudge(), Token).ShouldSatisfyAllConditions(by => by.HasEnded.ShouldBeFalse(), by => by.Counts.Pending.ShouldBe(10));
    }

    /// <summary>A kill may leave answers that the run's own judge reads in a later sitting: nobody judged the run again.</summary>
    [Fact]
    public async Task What_the_runs_own_judge_reads_later_is_no_later_judging()
    {
        var (begun, request) = (new DateTimeOffset(2026, 11, 22, 1, 13, 56, TimeSpan.Zero), Usual());
        var isIll = true;
        var judge = new IllJudge(asked => isIll && asked.Prompt.Text.EndsWith('7'));
        await new AuditRunner(new FixedTime(begun)).RunAsync(request with { Judge = judge }, folder.Path, progress: null, Token);
        isIll = false;

        var own = await new AuditRunner(new FixedTime(begun.AddMinutes(9))).RunAsync(request with { Judge = judge }, folder.Path, progress: null, Token);

        (own.Counts.Scored, own.FinishedAt, own.JudgedAt).ShouldBe((10, begun, null));
        var other = await new StoredRunJudge(new FixedTime(begun.AddMinutes(12))).JudgeAsync(new JudgingRequest(new RefusalJudge()), folder.Path, progress: null, Token);
        other.JudgedAt.ShouldBe(begun.AddMinutes(12));
    }
}
