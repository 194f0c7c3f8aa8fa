using Plumbline.Audits;
using Plumbline.Cases;
using Plumbline.Judges;
using Plumbline.Labelling;
using Plumbline.Pairs;
using Plumbline.Runs;
using Shouldly;
using static Plumbline.Tests.Audits.SmallAudit;
using static Plumbline.Tests.Audits.Reuse.ReusePairs;

namespace Plumbline.Tests.Audits.Reuse;

/// <summary>The earlier runs that answers are taken over from: broken off, gone, refused, linked, and left as they are.</summary>
public sealed class ReuseSourcesTests : ReusingRuns
{
    [Fact]
    public async Task A_run_that_is_broken_off_while_it_takes_over_goes_on_and_its_totals_are_those_of_one_in_one_go()
    {
        await First(20);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var request = Pair(Prompts(20, lookalike: 4), out _, out _) with { Reuse = [At("first")] };
        await Should.ThrowAsync<OperationCanceledException>(() => Run(request, At("second"), stop.Token));
        Origins(At("second")).Count.ShouldBeInRange(1, 4);

        var resumed = await Run(request, At("second"), Token);

        (resumed.Reused!.Taken, resumed.Reused.Asked, resumed.Counts.Scored).ShouldBe((40, 8, 24));
        Origins(At("second")).ShouldBeUnique();
    }

    /// <summary>A kill leaves any beginning of the journal; what is torn is cut off, and the rest is taken over or asked once.</summary>
    [Fact]
    public async Task Wherever_a_kill_cuts_the_journal_the_totals_are_exact()
    {
        await First(8);
        var request = Pair(Prompts(8, lookalike: 2), out _, out _) with { Reuse = [At("first")], Concurrency = 1 };
        var whole = await Run(request, At("second"), Token);
        var segment = Path.Combine(At("second"), "journal", "000001.jsonl");
        var bytes = await File.ReadAllBytesAsync(segment, Token);

        for (var length = 0; length < bytes.Length; length += bytes.Length / 23)
        {
            File.Delete(Path.Combine(At("second"), "journal", "000002.jsonl"));
            await File.WriteAllBytesAsync(segment, bytes[..length], Token);

            var resumed = await Run(Pair(Prompts(8, lookalike: 2), out var baseline, out var candidate) with { Reuse = [At("first")] }, At("second"), Token);

            baseline.Asked.Concat(candidate.Asked).ShouldAllBe(prompt => prompt.StartsWith("harmless", StringComparison.Ordinal));
            AsJson(resumed.Counts).ShouldBe(AsJson(whole.Counts));
            AsJson(resumed.Reused).ShouldBe(AsJson(whole.Reused), $"cut at {length}");
            AsJson(resumed.Cost!.Lines).ShouldBe(AsJson(whole.Cost!.Lines));
        }
    }

    [Fact]
    public async Task A_finished_run_does_not_need_the_earlier_ones_any_more()
    {
        await First();
        var request = Pair(Prompts(10), out _, out _) with { Reuse = [At("first")] };
        var before = await Run(request, At("second"), Token);
        Directory.Delete(At("first"), recursive: true);

        AsJson(await Run(request, At("second"), Token)).ShouldBe(AsJson(before));
        ForgetDerived(At("second"));
        AsJson(await Run(request, At("second"), Token)).ShouldBe(AsJson(before));
    }

    [Fact]
    public async Task What_is_no_earlier_run_is_refused_before_anything_is_asked()
    {
        var request = Pair(Prompts(2), out var baseline, out var candidate);

        (await Should.ThrowAsync<RunException>(() => Run(request with { Reuse = [At("none")] }, At("second"), Token))).Message.ShouldStartWith($"There is no run in '{At("none")}'");
        (await Should.ThrowAsync<RunException>(() => Run(request with { Reuse = [At("second") + "/"] }, At("second"), Token))).Message.ShouldContain("is the folder of this run");

        Directory.Exists(At("none")).ShouldBeFalse();
        (baseline.Asked.Count + candidate.Asked.Count).ShouldBe(0);
    }

    /// <summary>A run that is only read may be somebody else's, and another process may be writing its next line.</summary>
    [Fact]
    public async Task A_run_s_own_folder_is_refused_by_whatever_link_it_is_named()
    {
        await First();
        Directory.CreateDirectory(At("other"));
        Directory.CreateSymbolicLink(At("link"), At("first"));
        Directory.CreateSymbolicLink(At("relative"), "link");
        Directory.CreateSymbolicLink(At(Path.Combine("other", "up")), "..");
        Directory.CreateSymbolicLink(At("circle"), "circle");
        string[] names = ["link", "relative", "other/up/first", "other/up/relative/", "./other/../link"];

        foreach (var name in names)
            (await Should.ThrowAsync<RunException>(() => Run(Pair(Prompts(10), out _, out _) with { Reuse = [At(name)] }, At("first"), Token))).Message.ShouldContain("is the folder of this run", customMessage: name);
        (await Should.ThrowAsync<RunException>(() => Run(Pair(Prompts(10), out _, out _) with { Reuse = [At("first")] }, At("link"), Token))).Message.ShouldContain("is the folder of this run");
        (await Should.ThrowAsync<RunException>(() => Run(Pair(Prompts(10), out _, out _) with { Reuse = [At("circle")] }, At("second"), Token))).Message.ShouldContain("There is no run in");
        (await Run(Pair(Prompts(20), out _, out _) with { Reuse = [At("link")] }, At("second"), Token)).Reused!.Taken.ShouldBe(20);
    }

    /// <summary>They were drawn from another run's cases, so they stay there; whoever wrote them is told.</summary>
    [Fact]
    public async Task Labels_of_answers_that_are_taken_over_stay_behind_and_are_counted()
    {
        var first = await First();
        await LabelAsync(first, first.Cases.Take(4), rater: null);
        await LabelAsync(first, first.Cases.Skip(3).Take(3), rater: "ann");
        var told = new List<AuditProgress>();

        var document = await Run(Pair(Prompts(20), out _, out _) with { Reuse = [At("first")], Concurrency = 1 }, At("second"), Token);
        var third = await Run(Pair(Prompts(20), out _, out _) with { Reuse = [At("second")], Sampling = new Sampling(Repeats: 2), Concurrency = 1 }, At("third"), Token);

        document.Reused!.Labelled.ShouldBe(12, "six cases, both answers");
        document.Cautions.Single(caution => caution.StartsWith("People", StringComparison.Ordinal)).ShouldStartWith("People had labelled 12 of the answers that were taken over. Their labels are not taken:");
        document.Labelled.ShouldBeNull();
        third.Reused!.Labelled.ShouldBe(12, "by way of the second");
        (await new StoredRunJudge(TimeProvider.System).JudgeAsync(new JudgingRequest(new WordJudge()), At("second"), progress: null, Token)).Cautions.ShouldBe(document.Cautions, "whoever derives it again");
        await new AuditRunner(TimeProvider.System).RunAsync(Pair(Prompts(20), out _, out _) with { Reuse = [At("first")], Concurrency = 1 }, At("second"), new Telling(told), Token);
        told.ShouldNotContain(progress => progress.Stage == AuditStage.TakenOver);
    }

    Task LabelAsync(AuditDocument audit, IEnumerable<CaseResult> cases, string? rater) => new HumanLabels(rater).ImportAsync(
        At("first"),
        [
            .. from one in cases
               from side in Enum.GetValues<Side>()
               select new Label(LabelSheet.IdOf(audit.RunId, one.Id, side, (side == Side.Baseline ? one.Baseline : one.Candidate)!.Response), new CriteriaScore(4, 0, 0), "", "sheet, line 1"),
        ],
        TimeProvider.System);

    sealed class Telling(List<AuditProgress> told) : IProgress<AuditProgress>
    {
        public void Report(AuditProgress value) => told.Add(value);
    }

    [Fact]
    public async Task Nothing_is_written_into_the_run_that_is_taken_from()
    {
        await First();
        var segment = Path.Combine(At("first"), "journal", "000001.jsonl");
        await File.AppendAllTextAsync(segment, "{\"crc\":\"0123", Token);
        File.Delete(Path.Combine(At("first"), "run.lock"));
        var before = Directory.GetFiles(At("first"), "*", SearchOption.AllDirectories).ToDictionary(file => file, File.ReadAllText);

        var document = await Run(Pair(Prompts(10), out _, out _) with { Reuse = [At("first")] }, At("second"), Token);

        document.Reused!.Taken.ShouldBe(20);
        Directory.GetFiles(At("first"), "*", SearchOption.AllDirectories).ToDictionary(file => file, File.ReadAllText).ShouldBe(before, ignoreOrder: true);
    }

    /// <summary>What a begun run leaves would make the next command with other settings another run's.</summary>
    [Theory]
    [InlineData("none")]
    [InlineData("damaged")]
    [InlineData("bereft")]
    [InlineData("second")]
    public async Task Where_a_source_is_refused_no_run_is_begun(string source)
    {
        await First(2, "damaged");
        await File.WriteAllTextAsync(Path.Combine(At("damaged"), "plan.json"), "{\"format\": \"plumbline.run/1\"", Token);
        await First(2, "bereft");
        Directory.Delete(Path.Combine(At("bereft"), "journal"), recursive: true);

        await Should.ThrowAsync<RunException>(() => Run(Pair(Prompts(2), out _, out _) with { Reuse = [At(source)] }, At("second"), Token));

        Path.Exists(At("second")).ShouldBeFalse();
    }
}
