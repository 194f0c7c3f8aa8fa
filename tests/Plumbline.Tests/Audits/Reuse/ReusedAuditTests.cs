using Microsoft.Extensions.AI;
using Plumbline.Audits;
using Plumbline.Audits.Reuse;
using Plumbline.Cases;
using Plumbline.Costs;
using Plumbline.Pairs;
using Plumbline.Runs;
using Shouldly;
using static Plumbline.Tests.Audits.SmallAudit;
using static Plumbline.Tests.Audits.Reuse.ReusePairs;

namespace Plumbline.Tests.Audits.Reuse;

/// <summary>Which answers of an earlier run are taken over, and what that says of the pair.</summary>
public sealed class ReusedAuditTests : ReusingRuns
{
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

    /// <summary>A version that asked no server for these texts has them in no plan; its answers are the same server's to the same template.</summary>
    [Theory]
    [InlineData(null, "bos_token '<s>'", 20)]
    [InlineData("bos_token '<s>'", "bos_token '<s>'", 20)]
    [InlineData("bos_token '<s>'", "bos_token '<|begin|>'", 0)]
    [InlineData("bos_token '<s>'", null, 0)]
    public async Task What_a_template_shows_keeps_answers_apart_where_the_earlier_run_knows_it(string? before, string? now, int taken)
    {
        await Run(Showing(before, out _), At("first"), Token);
        var request = Showing(now, out var asked) with { Reuse = [At("first")] };

        var forecast = ReuseForecast.Of(request, CasePlanner.Plan(request.Suite, request.Attacks, request.Sampling, request.CaseLimit), Token);
        var document = await Run(request, At("second"), Token);

        (document.Reused?.Taken ?? 0).ShouldBe(taken);
        asked.Sum(client => client.Asked.Count).ShouldBe(20 - taken);
        // Nobody is asked for a plan: a server that has not told is taken to be as it was.
        forecast.Answers.ShouldBe(now is null ? 20 : taken);

        static AuditRequest Showing(string? tokens, out ScriptedClient[] asked)
        {
            var request = Pair(Prompts(10), out var baseline, out var candidate);
            asked = [baseline, candidate];
            return request with { Baseline = With(request.Baseline), Candidate = With(request.Candidate) };

            AuditSide With(AuditSide side) => tokens is null ? side
                : side with { Facts = side.Facts with { Facts = new Dictionary<string, string>(side.Facts.Facts) { [ModelFacts.TemplateTokens] = tokens } } };
        }
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
        Origins(At("third")).ShouldBeUnique();
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
        Origins(At("third")).ShouldBeUnique();
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
        ForgetDerived(At("third"));
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
        ForgetDerived(At("last"));
        AsJson((await Look("c2", 30, "last", reuse)).Reused).ShouldBe(AsJson(last.Reused));
        // Of another pair none of them is a look, although the baseline's answers come through them.
        (await Look("c3", 30, "other", "last", "x2", "x1", "a")).Reused!.EarlierLooks.ShouldBe(0);
    }
}
