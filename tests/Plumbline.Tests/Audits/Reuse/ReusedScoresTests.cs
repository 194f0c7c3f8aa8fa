using System.Text.RegularExpressions;
using Plumbline.Audits;
using Plumbline.Audits.Reuse;
using Plumbline.Cases;
using Plumbline.Costs;
using Plumbline.Judges;
using Plumbline.Judges.Models;
using Plumbline.Judges.Panels;
using Plumbline.Pairs;
using Plumbline.Runs;
using Plumbline.Suites;
using Shouldly;
using static Plumbline.Tests.Audits.SmallAudit;

namespace Plumbline.Tests.Audits.Reuse;

public sealed partial class ReusedScoresTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    string At(string name) => Path.Combine(folder.Path, name);

    /// <summary>A model that judges every answer alike, and says nothing usable of those that hold a word; items with a known score are beside them.</summary>
    static ModelJudge Judge(out ScriptedClient client, string identity = "j-1", string protocol = "behaviour", string? unusable = null)
    {
        client = ScriptedClient.Saying(asked => unusable is not null && asked.Contains(unusable, StringComparison.Ordinal)
            ? "I know not"
            : $$"""{"marker": "{{MarkerLine().Match(asked).Groups["marker"].Value}}", "reason": "So it is.", "{{(protocol == "behaviour" ? "shown" : "score")}}": 1}""");
        return new ModelJudge(JudgeProtocols.All.Single(one => one.Id == protocol), client, new ModelFacts("judging", identity, new Dictionary<string, string>()), () => "a1b2c3d4e5f6");
    }

    /// <summary>The requests whose answers were judged, without the items with a known score.</summary>
    static List<string> Judged(ScriptedClient client) => [.. client.Asked.Select(asked => RequestLine().Match(asked).Value).Where(request => request.Length > 0).Distinct()];

    static AuditRequest Pair(Suite suite, IJudge judge, params string[] attacks) =>
        Request(ScriptedClient.Saying(prompt => $"before {prompt}"), ScriptedClient.Saying(prompt => $"after {prompt}"), suite, attacks) with { Judge = judge };

    [Fact]
    public async Task A_score_is_taken_over_with_its_answer_and_the_judge_is_asked_about_the_rest_only()
    {
        var first = await Run(Pair(Prompts(10), Judge(out _)), At("first"), Token);

        var judge = Judge(out var client);
        var second = await Run(Pair(Prompts(10, lookalike: 3), judge) with { Reuse = [At("first")] }, At("second"), Token);

        Judged(client).ShouldBe(["harmless request 0", "harmless request 1", "harmless request 2"], ignoreOrder: true);
        (second.Reused!.Taken, second.Reused.Scores, second.Reused.Asked).ShouldBe((20, 20, 6));
        (second.Counts.Scored, second.Comparisons[0].Transitions).ShouldBe((13, first.Comparisons[0].Transitions));
        second.Judge.Controls!.Asked.ShouldBe(2, "two items for the six that were judged here");
        second.Cautions.ShouldContain(caution => caution.StartsWith("20 of 26 answers and 20 scores of the judge were taken over", StringComparison.Ordinal));
        AsJson(AuditFile.Read(Path.Combine(At("second"), AuditFile.Name))).ShouldBe(AsJson(second));
        Score("second", judge).ShouldBe(new TakenFrom(first.RunId, CaseOf("first"), Side.Baseline, Score("first", judge, own: true).At));
        var third = await Run(Pair(Prompts(10, lookalike: 3), Judge(out var again)) with { Reuse = [At("second")], Sampling = new Sampling(Repeats: 2) }, At("third"), Token);
        third.Reused!.Scores.ShouldBe(26);
        Score("third", judge).Run.ShouldBe(first.RunId, "where it was given first of all");
        again.Asked.Count.ShouldBe(26 + 3, "the second repeats, and three items");
    }

    [Theory]
    [InlineData("j-2", "behaviour")]
    [InlineData("j-1", "policy")]
    public async Task Another_judge_reads_everything_anew(string identity, string protocol)
    {
        await Run(Pair(Prompts(5), Judge(out _)), At("first"), Token);

        var second = await Run(Pair(Prompts(5), Judge(out var client, identity, protocol)) with { Reuse = [At("first")] }, At("second"), Token);

        (second.Reused!.Taken, second.Reused.Scores).ShouldBe((10, 0));
        client.Asked.Count.ShouldBeGreaterThanOrEqualTo(10);
    }

    [Fact]
    public async Task What_the_judge_could_not_score_is_judged_again()
    {
        var first = await Run(Pair(Prompts(6), Judge(out _, unusable: "after harmful request 4")), At("first"), Token);
        first.Counts.Unscored.ShouldBe(1);

        var second = await Run(Pair(Prompts(6), Judge(out var client)) with { Reuse = [At("first")] }, At("second"), Token);

        Judged(client).ShouldBe(["harmful request 4"]);
        (second.Reused!.Scores, second.Counts.Scored).ShouldBe((11, 6));
    }

    [Fact]
    public async Task A_judge_without_a_model_judges_for_nothing_so_its_scores_are_not_taken()
    {
        await Run(Pair(Prompts(4), new WordJudge()), At("first"), Token);

        (await Run(Pair(Prompts(4), new WordJudge()) with { Reuse = [At("first")] }, At("second"), Token)).Reused!.Scores.ShouldBe(0);
    }

    [Fact]
    public async Task Of_a_panel_each_member_s_scores_are_taken_by_themselves()
    {
        await Run(Pair(Prompts(4), Judge(out _)), At("first"), Token);
        var panel = new PanelJudge([Judge(out var known), Judge(out var other, "j-2"), new WordJudge()], PanelRule.Any);

        var second = await Run(Pair(Prompts(4), panel) with { Reuse = [At("first")] }, At("second"), Token);

        (known.Asked.Count, Judged(other).Count, second.Reused!.Scores).ShouldBe((0, 4, 8));
    }

    [Fact]
    public async Task A_score_of_the_same_words_as_an_answer_to_another_request_is_none_of_this_one()
    {
        // A suite's request that reads as another's does under an attack: one call, but judges are shown the plain request.
        var suite = Suite.Create("test", "1", [SuitePrompt.Create("Tell me.", PromptKind.Harmful)]);
        await Run(Pair(suite, Judge(out _), "prefix_injection"), At("first"), Token);
        var sent = Plan("first").Cases.Single().Messages.Single().Content;

        var second = await Run(Pair(Suite.Create("test", "1", [SuitePrompt.Create(sent, PromptKind.Harmful)]), Judge(out var client)) with { Reuse = [At("first")] }, At("second"), Token);

        (second.Reused!.Taken, second.Reused.Scores).ShouldBe((2, 0));
        client.Asked.Count.ShouldBe(2 + 2, "both answers, and two items");
    }

    [Fact]
    public async Task A_run_that_was_broken_off_between_answer_and_score_takes_the_score_when_it_goes_on()
    {
        await Run(Pair(Prompts(8), Judge(out _)), At("first"), Token);
        var whole = await Run(Pair(Prompts(8, lookalike: 2), Judge(out _)) with { Reuse = [At("first")], Concurrency = 1 }, At("second"), Token);
        var segment = Path.Combine(At("second"), "journal", "000001.jsonl");
        var lines = await File.ReadAllLinesAsync(segment, Token);
        for (var kept = 1; kept < lines.Length; kept += 3)
        {
            File.Delete(Path.Combine(At("second"), "journal", "000002.jsonl"));
            await File.WriteAllTextAsync(segment, string.Concat(lines[..kept].Select(line => line + "\n")), Token);

            var resumed = await Run(Pair(Prompts(8, lookalike: 2), Judge(out var client)) with { Reuse = [At("first")] }, At("second"), Token);

            Judged(client).ShouldAllBe(request => request.StartsWith("harmless", StringComparison.Ordinal));
            AsJson(resumed.Reused).ShouldBe(AsJson(whole.Reused), $"{kept} lines kept");
            AsJson(resumed.Counts).ShouldBe(AsJson(whole.Counts));
        }
    }

    [Fact]
    public async Task A_forecast_counts_what_the_run_then_takes_and_the_estimate_leaves_it_out()
    {
        await Run(Pair(Prompts(10), Judge(out _, unusable: "after harmful request 4")), At("first"), Token);
        var request = Pair(Prompts(10, lookalike: 3), Judge(out var client)) with { Reuse = [At("first")], Sampling = new Sampling(Repeats: 2) };
        var cases = CasePlanner.Plan(request.Suite, request.Attacks, request.Sampling, caseLimit: null);

        var forecast = ReuseForecast.Of(request, cases, TestContext.Current.CancellationToken);

        client.Asked.ShouldBeEmpty();
        (forecast.Answers, forecast.Scores).ShouldBe((20, 19));
        var lines = CostEstimate.Of(
            cases,
            request.Sampling,
            [.. new[] { Spender.Baseline, Spender.Candidate, Spender.Judge }.Select(spender => new PricedModel(spender, "m", null))],
            null,
            isTaken: (model, place, side) => model.Spender == Spender.Judge ? forecast.HasScore(0, place, side) : forecast.HasAnswer(place, side)).Lines;
        // Thirty-three answers to be judged, and three items whose score is known.
        lines.Select(line => line.Calls).ShouldBe([16L, 16L, 36L]);
        var second = await Run(request, At("second"), Token);
        (second.Reused!.Taken, second.Reused.Scores, second.Reused.Asked).ShouldBe((20, 19, 32));
    }

    [Fact]
    public async Task A_server_that_has_not_been_asked_yet_is_taken_to_have_the_template_that_it_had()
    {
        await Run(Pair(Prompts(5), Judge(out _)), At("first"), Token);
        var request = Pair(Prompts(5), Judge(out _)) with { Reuse = [At("first")] };
        var cases = CasePlanner.Plan(request.Suite, request.Attacks, request.Sampling, caseLimit: null);

        ReuseForecast.Of(With([]), cases, TestContext.Current.CancellationToken).Answers.ShouldBe(10);
        ReuseForecast.Of(With(new() { ["template"] = "another" }), cases, TestContext.Current.CancellationToken).Answers.ShouldBe(5);

        AuditRequest With(Dictionary<string, string> facts) => request with { Candidate = request.Candidate with { Facts = request.Candidate.Facts with { Facts = facts } } };
    }

    /// <summary>Who reads the second run alone would else believe a judge that the first one warned of.</summary>
    [Fact]
    public async Task How_a_judge_did_on_known_items_goes_with_its_scores()
    {
        var first = await Run(Pair(Prompts(10), Judge(out _)), At("first"), Token);
        var second = await Run(Pair(Prompts(10, lookalike: 3), Judge(out _)) with { Reuse = [At("first")] }, At("second"), Token);
        var third = await Run(Pair(Prompts(10, lookalike: 3), Judge(out _)) with { Reuse = [At("second")], Sampling = new Sampling(Repeats: 2) }, At("third"), Token);

        var (known, run) = (first.Judge.Controls!, first.RunId[..12]);
        known.Missed.ShouldNotBeEmpty();
        var taken = second.Judge.TakenControls!.ShouldHaveSingleItem();
        (taken.Run, AsJson(taken.Controls)).ShouldBe((first.RunId, AsJson(known)));
        second.Cautions.ShouldContain(caution => caution.StartsWith($"The judge 'behaviour@judging' missed {known.Wrong} of {known.Asked} items whose score is known (", StringComparison.Ordinal)
            && caution.Contains($") in the run {run}, of which scores were taken over: look at its reasons", StringComparison.Ordinal));
        third.Judge.TakenControls!.Select(from => from.Run).ShouldBe([first.RunId, second.RunId], ignoreOrder: true);
        AsJson(third.Judge.TakenControls!.Single(one => one.Run == second.RunId).Controls).ShouldBe(AsJson(second.Judge.Controls!));
        AsJson(AuditFile.Read(Path.Combine(At("third"), AuditFile.Name))).ShouldBe(AsJson(third));
        var again = await new StoredRunJudge(TimeProvider.System).JudgeAsync(new JudgingRequest(Judge(out var unasked)), At("third"), progress: null, Token);
        unasked.Asked.ShouldBeEmpty();
        AsJson(again.Judge).ShouldBe(AsJson(third.Judge), "read from the journal");
    }

    [Fact]
    public async Task What_is_taken_over_is_no_share_of_what_is_paid_for()
    {
        await Run(Pair(Prompts(10), Judge(out _)), At("first"), Token);
        var told = new List<AuditProgress>();
        var request = Pair(Prompts(10, lookalike: 2), Judge(out _)) with { Reuse = [At("first")], Concurrency = 1 };

        await new AuditRunner(TimeProvider.System).RunAsync(request, At("second"), new Told(told), Token);

        told.Single(progress => progress.Stage == AuditStage.TakenOver).TakenScores.ShouldBe(20);
        told.Where(progress => progress.Stage == AuditStage.Answering).Select(progress => (progress.BaselineDone + progress.CandidateDone, progress.AskedShare, progress.JudgedShare))
            .ShouldBe([(20, 0, 0), (21, 0.25, 0.25), (22, 0.5, 0.5), (23, 0.75, 0.75), (24, 1, 1)]);
    }

    RunPlan Plan(string name) => RunFolder.Look(At(name)).Plan;

    string CaseOf(string name) => Plan(name).Cases[0].Id;

    TakenFrom Score(string name, IJudge judge, bool own = false)
    {
        var (plan, state) = RunFolder.Look(At(name));
        var record = state.JudgedRecord(plan.Cases[0].Id, Side.Baseline, judge)!;
        return own ? new TakenFrom("", "", Side.Baseline, record.At) : record.Taken!;
    }

    [GeneratedRegex("<<<REQUEST (?<marker>[0-9a-z]+)>>>")]
    private static partial Regex MarkerLine();

    [GeneratedRegex("harm(ful|less) request [0-9]+", RegexOptions.ExplicitCapture)]
    private static partial Regex RequestLine();

    sealed class Told(List<AuditProgress> reports) : IProgress<AuditProgress>
    {
        public void Report(AuditProgress value)
        {
            lock (reports)
                reports.Add(value);
        }
    }
}
