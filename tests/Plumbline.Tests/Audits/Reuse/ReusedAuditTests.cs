using Microsoft.Extensions.AI;
using Plumbline.Audits;
using Plumbline.Cases;
using Plumbline.Costs;
using Plumbline.Judges;
using Plumbline.Labelling;
using Plumbline.Pairs;
using Plumbline.Runs;
using Plumbline.Suites;
using Shouldly;
using static Plumbline.Tests.Audits.SmallAudit;

namespace Plumbline.Tests.Audits.Reuse;

public sealed class ReusedAuditTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    string At(string name) => Path.Combine(folder.Path, name);

    static ScriptedClient Saying(string scores) => ScriptedClient.Saying(_ => scores);

    /// <summary>Two models of which nobody knows anything but their names and templates, that answer as told.</summary>
    static AuditRequest Pair(Suite suite, out ScriptedClient baseline, out ScriptedClient candidate)
    {
        (baseline, candidate) = (Saying("4 0 0"), Saying("4 4 3"));
        return Request(baseline, candidate, suite);
    }

    async Task<AuditDocument> First(int prompts = 10, string name = "first") => await Run(Pair(Prompts(prompts), out _, out _), At(name), Token);

    [Fact]
    public async Task Only_what_an_earlier_run_did_not_ask_is_asked_and_paid_for()
    {
        var first = await First();

        var document = await Run(Pair(Prompts(10, lookalike: 3), out var baseline, out var candidate) with { Reuse = [At("first")] }, At("second"), Token);

        baseline.Asked.Concat(candidate.Asked).ShouldAllBe(prompt => prompt.StartsWith("harmless", StringComparison.Ordinal));
        (baseline.Asked.Count, candidate.Asked.Count).ShouldBe((3, 3));
        (document.Counts.Planned, document.Counts.Scored, document.Comparisons[0].Transitions.Broke).ShouldBe((13, 13, 10));
        (document.Reused!.Taken, document.Reused.Asked).ShouldBe((20, 6));
        var run = document.Reused.Runs.ShouldHaveSingleItem();
        (run.Run, run.Baseline, run.Candidate).ShouldBe((first.RunId, 10, 10));
        run.FirstAt.ShouldBeGreaterThanOrEqualTo(first.StartedAt);
        run.LastAt.ShouldBeLessThanOrEqualTo(first.FinishedAt);
        document.Cost!.Lines.Select(line => (line.Spender, line.Calls)).ShouldBe([(Spender.Baseline, 3L), (Spender.Candidate, 3L)]);
        document.Cautions.ShouldContain(caution => caution.StartsWith("20 of 26 answers were taken over from an earlier run", StringComparison.Ordinal));
        AsJson(AuditFile.Read(Path.Combine(At("second"), AuditFile.Name))).ShouldBe(AsJson(document));
        first.Reused.ShouldBeNull();
    }

    /// <summary>Compared are the candidates: an answer that one run took over from the other is the same answer twice.</summary>
    [Fact]
    public async Task Where_answers_were_taken_over_two_runs_are_not_compared_by_them()
    {
        var first = await First();
        var more = await Run(Pair(Prompts(20), out _, out _) with { Reuse = [At("first")] }, At("more"), Token);
        var request = Pair(Prompts(30), out _, out _) with { Reuse = [At("first")] };
        var third = await Run(request, At("third"), Token);
        var apart = await Run(request with { Reuse = [] }, At("apart"), Token);

        Should.Throw<RunException>(() => RunComparer.Compare(first, "first", more, "more", acrossJudges: false)).Message
            .ShouldStartWith("There is nothing to compare: the candidates' answers to all 10 cases that 'first' and 'more' share are the same stored ones");
        var compared = RunComparer.Compare(more, "more", third, "third", acrossJudges: false);
        (compared.Between!.Shared, compared.Between.SameAnswers).ShouldBe((20, 10));
        compared.Cautions.ShouldContain(caution => caution.StartsWith("10 of the 20 shared answers of the candidates are the same stored ones", StringComparison.Ordinal));
        RunComparer.Compare(more, "more", apart, "apart", acrossJudges: false).Between!.SameAnswers.ShouldBe(0);
    }

    [Fact]
    public async Task More_repeats_ask_only_the_further_ones()
    {
        await First();

        var document = await Run(Pair(Prompts(10), out var baseline, out _) with { Sampling = new Sampling(Repeats: 3), Reuse = [At("first")] }, At("second"), Token);

        baseline.Options.Select(options => options!.Seed!.Value).Order().ShouldBe([.. Enumerable.Repeat(1L, 10), .. Enumerable.Repeat(2L, 10)]);
        (document.Reused!.Taken, document.Reused.Asked, document.Counts.Scored).ShouldBe((20, 40, 30));
    }

    [Fact]
    public async Task A_baseline_is_not_asked_again_for_the_next_candidate_and_a_candidate_may_be_the_next_baseline()
    {
        await First();
        var request = Pair(Prompts(10), out var baseline, out var candidate);
        var next = request.Candidate with { Facts = new ModelFacts("next", "id-next", request.Candidate.Facts.Facts) };

        await Run(request with { Candidate = next, Reuse = [At("first")] }, At("second"), Token);
        (baseline.Asked.Count, candidate.Asked.Count).ShouldBe((0, 10));

        var after = await Run(request with { Baseline = request.Candidate, Candidate = next, Reuse = [At("first"), At("second")] }, At("third"), Token);
        (baseline.Asked.Count, candidate.Asked.Count).ShouldBe((0, 10));
        after.Reused!.Runs.Select(run => (run.Baseline, run.Candidate)).Order().ShouldBe([(0, 10), (10, 0)]);
        // Nobody has decided about this pair before.
        after.Reused.EarlierLooks.ShouldBe(0);
        after.Verdict.ErrorRate.ShouldContain("about 2.5% at most would be called regressed;");
        after.Comparisons[0].Transitions.StayedBroken.ShouldBe(10);
    }

    [Fact]
    public async Task Only_clean_answers_are_taken_over()
    {
        static ChatResponse Cut(long? tokens) => new(new ChatMessage(ChatRole.Assistant, "4 0")) { FinishReason = ChatFinishReason.Length, Usage = tokens is null ? null : new UsageDetails { OutputTokenCount = tokens } };
        var sick = new ScriptedClient(prompt => prompt switch
        {
            "harmful request 1" => throw new HttpRequestException("connection reset"),
            "harmful request 2" => ScriptedClient.Response(" \n"),
            "harmful request 3" => ScriptedClient.Response("4 0 0", ChatFinishReason.ContentFilter),
            "harmful request 4" => Cut(tokens: 20),
            "harmful request 5" => Cut(tokens: null),
            "harmful request 6" => Cut(tokens: 512),
            "harmful request 7" => ScriptedClient.Response("I know not"),
            "harmful request 8" => ScriptedClient.Response("4 0 0", new ChatFinishReason("error")),
            "harmful request 9" => ScriptedClient.Response("4 0 0", new ChatFinishReason("SAFETY")),
            _ => ScriptedClient.Response("4 0 0"),
        });
        await Run(Request(sick, Saying("4 0 0"), Prompts(10)), At("first"), Token);

        var document = await Run(Pair(Prompts(10), out var baseline, out var candidate) with { Reuse = [At("first")] }, At("second"), Token);

        baseline.Asked.Order(StringComparer.Ordinal).ShouldBe(new[] { 1, 2, 3, 4, 5, 8, 9 }.Select(i => $"harmful request {i}"));
        candidate.Asked.ShouldBeEmpty();
        document.Reused!.Taken.ShouldBe(13);
        // The model's own word is kept, whether or not it can be scored.
        document.Counts.Unscored.ShouldBe(2);
        document.Cases.Where(one => one.Baseline!.Unscored is not null).Select(one => one.Prompt).ShouldBe(["harmful request 6", "harmful request 7"]);
    }

    public static TheoryData<string> Changes => ["temperature", "max tokens", "seed", "system prompt", "template", "weights"];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_that_an_answer_depends_on_takes_none(string change)
    {
        await First();
        var request = Pair(Prompts(10), out var baseline, out var candidate) with { Reuse = [At("first")] };
        AuditSide With(AuditSide side, Func<ModelFacts, ModelFacts> other) => side with { Facts = other(side.Facts) };
        AuditRequest Both(Func<ModelFacts, ModelFacts> other) => request with { Baseline = With(request.Baseline, other), Candidate = With(request.Candidate, other) };

        var document = await Run(
            change switch
            {
                "temperature" => request with { Sampling = new Sampling(Temperature: 0.1f) },
                "max tokens" => request with { Sampling = new Sampling(MaxOutputTokens: 513) },
                "seed" => request with { Sampling = new Sampling(Seed: 1) },
                "system prompt" => request with { Sampling = new Sampling(SystemPrompt: "") },
                "template" => Both(facts => facts with { Facts = new Dictionary<string, string> { [ModelFacts.Template] = "t2" } }),
                _ => Both(facts => facts with { Identity = facts.Identity + "-2" }),
            },
            At("second"),
            Token);

        document.Reused.ShouldBeNull();
        (baseline.Asked.Count, candidate.Asked.Count).ShouldBe((10, 10));
    }

    [Fact]
    public async Task An_answer_stands_for_one_case_only()
    {
        var first = Pair(Prompts(10), out _, out _);
        await Run(first, At("first"), Token);

        // The same model on both sides would make each call twice; one of the two was made before.
        var request = Pair(Prompts(10), out var baseline, out var candidate);
        var twice = await Run(request with { Candidate = request.Candidate with { Facts = request.Baseline.Facts }, Reuse = [At("first")] }, At("second"), Token);

        (baseline.Asked.Count, candidate.Asked.Count, twice.Reused!.Taken).ShouldBe((0, 10, 10));

        // Of both runs together there are three answers to each call, and the first run's are in the second one too.
        var again = Pair(Prompts(10), out baseline, out candidate);
        var thrice = await Run(again with { Candidate = again.Candidate with { Facts = again.Baseline.Facts }, Sampling = new Sampling(), Reuse = [At("first"), At("second"), At("second")] }, At("third"), Token);
        (baseline.Asked.Count, candidate.Asked.Count).ShouldBe((0, 0));
        thrice.Reused!.Runs.Sum(run => run.Baseline + run.Candidate).ShouldBe(20);
        Origins("third").ShouldBeUnique();
    }

    [Fact]
    public async Task Where_an_answer_comes_from_first_of_all_is_kept_from_run_to_run()
    {
        var first = await First();
        await Run(Pair(Prompts(10, lookalike: 1), out _, out _) with { Reuse = [At("first")] }, At("second"), Token);

        var third = await Run(Pair(Prompts(10, lookalike: 2), out var baseline, out _) with { Reuse = [At("second"), At("first")] }, At("third"), Token);

        baseline.Asked.ShouldBe(["harmless request 1"]);
        third.Reused!.Runs[0].ShouldBe(new ReusedRun(first.RunId, 10, 10, third.Reused.Runs[0].FirstAt, third.Reused.Runs[0].LastAt) { Cases = 10 });
        third.Reused.Runs.Count.ShouldBe(2);
        Origins("third").ShouldBeUnique();
    }

    /// <summary>Whoever asks more while a run leaves it open, and decides each time as if it were the first, errs more often than is stated of one look.</summary>
    [Fact]
    public async Task Asking_more_of_the_same_pair_is_another_look_and_multiplies_the_error_rates()
    {
        Task<AuditDocument> Look(int cases, string name, params string[] reuse) =>
            Run(Pair(Prompts(40), out _, out _) with { CaseLimit = cases, Reuse = [.. reuse.Select(At)] }, At(name), Token);

        var first = await Look(10, "first");
        var second = await Look(20, "second", "first");
        var third = await Look(40, "third", "second");

        first.Verdict.ErrorRate.ShouldContain("about 2.5% at most would be called regressed;");
        first.Cautions.ShouldNotContain(caution => caution.StartsWith("This is look", StringComparison.Ordinal));
        (second.Reused!.EarlierLooks, third.Reused!.EarlierLooks).ShouldBe((1, 2));
        third.Reused.Runs.Select(run => run.Cases).ShouldBe([10, 10]);
        second.Verdict.ErrorRate.ShouldContain("about 5% at most would be called regressed by one or another of 2 looks;");
        third.Verdict.ErrorRate.ShouldContain("about 7.5% at most would be called held or improved by one or another of 3 looks");
        second.Cautions.ShouldContain(caution => caution.StartsWith("This is look 2 at one pair: an earlier run held both models' answers to 10 of these cases", StringComparison.Ordinal));
        third.Cautions.ShouldContain(caution => caution.StartsWith("This is look 3 at one pair: 2 earlier runs held both models' answers to 20 of these cases", StringComparison.Ordinal));

        // The same request once more, in another folder, says the same of the same cases.
        (await Look(10, "again", "first")).Reused!.EarlierLooks.ShouldBe(0);
        // What is read from the journal is what was written.
        AsJson((await Look(40, "third")).Reused).ShouldBe(AsJson(third.Reused));
    }

    /// <summary>The baseline is asked once for all its candidates: who took its answers from another candidate's run has decided from them all the same.</summary>
    [Theory]
    [InlineData(new[] { "x1" }, 1)]
    [InlineData(new[] { "a", "x1" }, 1)]
    [InlineData(new[] { "x1", "a" }, 1)]
    [InlineData(new[] { "x2" }, 2)]
    [InlineData(new[] { "a", "x2" }, 2)]
    [InlineData(new[] { "x1", "x2" }, 2)]
    [InlineData(new[] { "a" }, 0)]
    public async Task A_run_that_took_one_side_over_itself_is_a_look_too(string[] reuse, int looks)
    {
        var request = Pair(Prompts(40), out _, out _);
        Task<AuditDocument> Look(string candidate, int cases, string name, params string[] from) => Run(
            Pair(Prompts(40), out _, out _) with
            {
                Candidate = request.Candidate with { Facts = new ModelFacts(candidate, "id-" + candidate, request.Candidate.Facts.Facts), Client = Saying("4 4 3") },
                CaseLimit = cases,
                Reuse = [.. from.Select(At)],
            },
            At(name),
            Token);
        await Look("c1", 40, "a");
        (await Look("c2", 10, "x1", "a")).Reused!.EarlierLooks.ShouldBe(0, "nobody looked at this pair before");
        (await Look("c2", 20, "x2", "x1", "a")).Reused!.EarlierLooks.ShouldBe(1);

        var last = await Look("c2", 30, "last", reuse);

        (last.Reused!.EarlierLooks, last.Reused.CasesLookedAt).ShouldBe((looks, looks * 10));
        last.Cautions.Count(caution => caution.StartsWith($"This is look {looks + 1} at one pair", StringComparison.Ordinal)).ShouldBe(looks > 0 ? 1 : 0);
        // What is read from the journal is what was written.
        AsJson((await Look("c2", 30, "last", reuse)).Reused).ShouldBe(AsJson(last.Reused));
        // Of another pair none of them is a look, although the baseline's answers come through them.
        (await Look("c3", 30, "other", "last", "x2", "x1", "a")).Reused!.EarlierLooks.ShouldBe(0);
    }

    [Fact]
    public async Task A_run_that_is_broken_off_while_it_takes_over_goes_on_and_its_totals_are_those_of_one_in_one_go()
    {
        await First(20);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var request = Pair(Prompts(20, lookalike: 4), out _, out _) with { Reuse = [At("first")] };
        await Should.ThrowAsync<OperationCanceledException>(() => Run(request, At("second"), stop.Token));
        Origins("second").Count.ShouldBeInRange(1, 4);

        var resumed = await Run(request, At("second"), Token);

        (resumed.Reused!.Taken, resumed.Reused.Asked, resumed.Counts.Scored).ShouldBe((40, 8, 24));
        Origins("second").ShouldBeUnique();
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

    List<TakenFrom> Origins(string name)
    {
        using var run = RunFolder.OpenStored(At(name));
        var plan = run.RequirePlan();
        using var journal = run.OpenJournal(plan, "0.0", TimeProvider.System);
        return [.. plan.Cases.SelectMany(planned => Enum.GetValues<Side>().Select(side => journal.State.Answer(planned.Id, side)?.Taken)).OfType<TakenFrom>()];
    }
}
