using System.Globalization;
using Microsoft.Extensions.AI;
using Plumbline.Audits;
using Plumbline.Calls;
using Plumbline.Judges;
using Plumbline.Judges.Models;
using Plumbline.Judges.Refusal;
using Plumbline.Pairs;
using Plumbline.Runs;
using Plumbline.Tests.Judges.Models;
using Shouldly;
using static Plumbline.Tests.Audits.SmallAudit;

namespace Plumbline.Tests.Audits;

public sealed class FailedAnswerTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_waits_for_a_model_that_is_given_up_is_not_asked_and_stays_pending()
    {
        using var crowded = new CrowdedClient(CallHealth.FailuresAtStart, new ScriptedClient(_ => throw new HttpRequestException("gone")), holds: true);

        await Should.ThrowAsync<SideUnavailableException>(() => Run(Request(crowded, ScriptedClient.Saying(_ => "4 0 0"), Prompts(40)) with { Concurrency = 32 }, folder.Path, Token).WaitAsync(TimeSpan.FromSeconds(60), Token));

        crowded.Waited.ShouldBeInRange(1, 40 - CallHealth.FailuresAtStart);
        var (plan, state) = RunFolder.Look(folder.Path);
        Enumerable.Range(0, plan.Cases.Count).Count(place => state.StandingAt(place, Side.Baseline) == AnswerStanding.Failed).ShouldBe(CallHealth.FailuresAtStart);
    }

    /// <summary>Calls to a healthy model that have not begun would be paid for, and waited for, though the run ends without them.</summary>
    [Fact]
    public async Task What_waits_for_the_other_model_is_not_sent_either_and_what_is_in_flight_is_kept()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var failing = new CrowdedClient(CallHealth.FailuresAtStart, new ScriptedClient(_ => throw new HttpRequestException("gone")), holds: true);
        using var inFlight = new SlowClient(ScriptedClient.Saying(_ => "4 0 0"), release.Task);
        using var healthy = new CrowdedClient(3, inFlight);
        var told = new Ended(() => release.TrySetResult());

        await Should.ThrowAsync<SideUnavailableException>(() => new AuditRunner(TimeProvider.System)
            .RunAsync(Request(healthy, failing, Prompts(40)) with { Concurrency = 32 }, folder.Path, told, Token).WaitAsync(TimeSpan.FromSeconds(60), Token));

        (inFlight.Sent, healthy.Waited).ShouldSatisfyAllConditions(counts => counts.Sent.ShouldBe(3), counts => counts.Waited.ShouldBeGreaterThan(0));
        var (plan, state) = RunFolder.Look(folder.Path);
        Enumerable.Range(0, plan.Cases.Count).GroupBy(place => state.StandingAt(place, Side.Baseline)).ToDictionary(group => group.Key, group => group.Count())
            .ShouldBe(new Dictionary<AnswerStanding, int> { [AnswerStanding.Whole] = 3, [AnswerStanding.None] = 37 }, ignoreOrder: true);
    }

    /// <summary>A repair that is not sent throws away an answer that is paid for: here the judge's to an item with a known score.</summary>
    [Fact]
    public async Task The_repair_of_a_judges_answer_is_sent_though_the_candidate_was_given_up_meanwhile()
    {
        var (judging, ended) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        using var refused = new SlowClient(
            new ScriptedClient(_ =>
            {
                var refusal = new HttpRequestException("the key is refused");
                RefusedCalls.Attach(refusal, RefusalScope.EveryCall);
                throw refusal;
            }),
            judging.Task);
        var answering = new ScriptedClient(asked => ScriptedClient.Response(asked.StartsWith("<<<", StringComparison.Ordinal) ? "Harmless." : $$"""{"marker": "{{Asked.Marker}}", "reason": "r", "understanding": 4, "compliance": 0, "harmfulness": 0}"""));
        using var slow = new SlowClient(answering, ended.Task, () => judging.TrySetResult());
        var judge = new ModelJudge(Asked.Protocol("criteria"), slow, Asked.Facts(), () => Asked.Marker);

        await Should.ThrowAsync<SideUnavailableException>(() => new AuditRunner(TimeProvider.System)
            .RunAsync(Request(ScriptedClient.Saying(_ => "4 0 0"), refused, Prompts(1)) with { Judge = judge, Concurrency = 2 }, folder.Path, new Ended(() => ended.TrySetResult()), Token).WaitAsync(TimeSpan.FromSeconds(60), Token));

        answering.Options.Select(FollowUp.Is).ShouldBe([false, true], "and the answer that the item stands before is left for another time");
        RunFolder.Look(folder.Path).State.Controls(judge).ShouldNotBeNull().Asked.ShouldBe(1);
    }

    sealed class Ended(Action then) : IProgress<AuditProgress>
    {
        public void Report(AuditProgress value)
        {
            if (value.Ending is not null)
                then();
        }
    }

    sealed class SlowClient(IChatClient inner, Task until, Action? whenSent = null) : DelegatingChatClient(inner)
    {
        int sent;

        public int Sent => Volatile.Read(ref sent);

        public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref sent);
            whenSent?.Invoke();
            await until.WaitAsync(cancellationToken);
            return await base.GetResponseAsync(messages, options, cancellationToken);
        }
    }

    /// <summary>A server that is not there is found out by one call; the others that are under way are never sent.</summary>
    [Fact]
    public async Task A_call_that_was_never_sent_is_no_failed_answer()
    {
        var calls = 0;
        var dead = new ScriptedClient(_ =>
        {
            var refused = new HttpRequestException("connection refused");
            RefusedCalls.Attach(refused, RefusalScope.EveryCall);
            if (Interlocked.Increment(ref calls) == 1)
                FailedAttempts.Attach(refused, ["unreachable"]);
            throw refused;
        });

        await Should.ThrowAsync<SideUnavailableException>(() => Run(Request(dead, ScriptedClient.Saying(_ => "4 0 0"), Prompts(40)) with { Concurrency = 32 }, folder.Path, Token));

        var (plan, state) = RunFolder.Look(folder.Path);
        Enumerable.Range(0, plan.Cases.Count).Count(place => state.StandingAt(place, Side.Baseline) == AnswerStanding.Failed).ShouldBe(1);
    }

    [Fact]
    public async Task Failures_and_odd_answers_are_unscored_with_their_reasons_and_failures_are_tried_again()
    {
        var isHealed = false;
        var baseline = new ScriptedClient(prompt => prompt switch
        {
            "harmful request 1" when !isHealed => throw new HttpRequestException("connection reset"),
            "harmful request 2" => ScriptedClient.Response(" \n"),
            "harmful request 3" => ScriptedClient.Response("4 0", ChatFinishReason.Length),
            "harmful request 4" => ScriptedClient.Response("", ChatFinishReason.ContentFilter),
            "harmful request 5" => ScriptedClient.Response("throw"),
            "harmful request 6" => ScriptedClient.Response("I know not"),
            "harmful request 7" => ScriptedClient.Response("4 0 -"),
            _ => ScriptedClient.Response("4 0 0"),
        });
        var request = Request(baseline, ScriptedClient.Saying(_ => "4 0 0"), Prompts(10));

        var document = await Run(request, folder.Path, Token);

        document.Counts.Scored.ShouldBe(3);
        document.Counts.Unscored.ShouldBe(7);
        document.Counts.UnscoredReasons.ShouldBe(
        [
            new UnscoredCount(Side.Baseline, UnscoredReason.EmptyAnswer, 1),
            new UnscoredCount(Side.Baseline, UnscoredReason.Truncated, 1),
            new UnscoredCount(Side.Baseline, UnscoredReason.Blocked, 1),
            new UnscoredCount(Side.Baseline, UnscoredReason.CallFailed, 1),
            new UnscoredCount(Side.Baseline, UnscoredReason.JudgeFailed, 1),
            new UnscoredCount(Side.Baseline, UnscoredReason.JudgeUndecided, 2),
        ]);
        document.Verdict.Outcome.ShouldBe(VerdictOutcome.NotEnoughEvidence);
        document.Cases[1].Baseline!.Reason.ShouldContain("connection reset");

        isHealed = true;
        var before = baseline.Asked.Count;
        (await Run(request, folder.Path, Token)).Counts.Unscored.ShouldBe(6);
        baseline.Asked.Count.ShouldBe(before + 1);
    }

    [Fact]
    public async Task Answers_that_were_cut_off_are_counted_by_side_and_told()
    {
        // Both say something at the start that the judge can read, but for one that only begins.
        var baseline = ScriptedClient.Saying(_ => "I'm sorry, but I can't help with that.");
        var candidate = new ScriptedClient(prompt => ScriptedClient.Response(prompt == "harmful request 1" ? "Sure, here" : "I cannot help with", ChatFinishReason.Length));

        var document = await Run(Request(baseline, candidate, Prompts(10)) with { Judge = new RefusalJudge() }, folder.Path, Token);

        document.CutOff.ShouldBe(new CutAnswers(0, 10, 10));
        document.Cautions.ShouldContain(caution => caution.StartsWith("0 of the baseline's and 10 of the candidate's 10 answers were cut off", StringComparison.Ordinal) && caution.Contains("--max-tokens"));
        document.Counts.UnscoredReasons.ShouldBe([new UnscoredCount(Side.Candidate, UnscoredReason.Truncated, 1)]);
        (await Run(Request(baseline, baseline, Prompts(3)) with { Judge = new RefusalJudge() }, Path.Combine(folder.Path, "whole"), Token)).CutOff.ShouldBeNull();
    }

    [Fact]
    public async Task Answers_that_came_after_failed_attempts_are_reported_apart()
    {
        var isHealed = false;
        var candidate = new ScriptedClient(prompt =>
        {
            if (prompt == "harmful request 1" && !isHealed)
                throw new HttpRequestException("connection reset");
            var response = ScriptedClient.Response(prompt is "harmful request 2" or "harmful request 4" ? "4 4 3" : "4 0 0");
            FailedAttempts.Attach(response, prompt is "harmful request 2" or "harmful request 3" ? ["429", "timeout"] : []);
            return response;
        });
        var request = Request(ScriptedClient.Saying(_ => "4 0 0"), candidate, Prompts(10));

        var document = await Run(request, folder.Path, Token);

        document.Cases[2].Candidate!.Faults.ShouldBe(["429", "timeout"]);
        document.Cases[5].Candidate!.Faults.ShouldBeNull();
        var retried = document.Retried.ShouldHaveSingleItem();
        (retried.Side, retried.Retried, retried.Bad!.Count, retried.Bad.N, retried.OthersBad!.Count, retried.OthersBad.N).ShouldBe((Side.Candidate, 2, 1, 2, 1, 7));
        retried.Difference!.Estimate.ShouldBe((1 / 2.0) - (1 / 7.0), 1e-12);

        // Whoever asks again in another sitting retries too.
        isHealed = true;
        var again = await Run(request, folder.Path, Token);
        again.Cases[1].Candidate!.Faults.ShouldBe(["failed"]);
        again.Retried.ShouldHaveSingleItem().Retried.ShouldBe(3);
        AsJson(AuditFile.Read(Path.Combine(folder.Path, AuditFile.Name)).Retried).ShouldBe(AsJson(again.Retried));
    }

    [Fact]
    public async Task A_filtered_answer_stays_blocked_and_is_not_asked_again()
    {
        var filtered = new ScriptedClient(_ => ScriptedClient.Response("", ChatFinishReason.ContentFilter));
        var request = Request(ScriptedClient.Saying(_ => "4 0 0"), filtered, Prompts(3));
        await Run(request, folder.Path, Token);

        var document = await Run(request, folder.Path, Token);

        filtered.Asked.Count.ShouldBe(3);
        document.Counts.UnscoredReasons.ShouldBe([new UnscoredCount(Side.Candidate, UnscoredReason.Blocked, 3)]);
    }

    /// <summary>A gateway's apology with a finish reason of its own would be read as the model's refusal: compliance 0.</summary>
    [Theory]
    [InlineData("error", UnscoredReason.CallFailed)]
    [InlineData("abort", UnscoredReason.CallFailed)]
    [InlineData("some_new_word", UnscoredReason.CallFailed)]
    [InlineData("SAFETY", UnscoredReason.Blocked)]
    [InlineData("guardrail_intervened", UnscoredReason.Blocked)]
    public async Task An_answer_that_the_model_did_not_end_is_not_scored_and_the_word_is_named(string finish, UnscoredReason expected)
    {
        var isHealed = false;
        var candidate = new ScriptedClient(prompt => prompt switch
        {
            "harmful request 1" when !isHealed => ScriptedClient.Response("4 0 0", new ChatFinishReason(finish)),
            "harmful request 2" when !isHealed => ScriptedClient.Response("", new ChatFinishReason(finish)),
            _ => ScriptedClient.Response("4 0 0", new ChatFinishReason("eos_token")),
        });
        var request = Request(ScriptedClient.Saying(_ => "4 0 0"), candidate, Prompts(10));

        var document = await Run(request, folder.Path, Token);

        document.Counts.Scored.ShouldBe(8);
        document.Counts.UnscoredReasons.ShouldBe([new UnscoredCount(Side.Candidate, expected, 2)]);
        document.Cases.Where(one => one.Candidate!.Unscored is not null).ShouldAllBe(one => one.Candidate!.Reason.Contains($"'{finish}'"));

        isHealed = true;
        (await Run(request, folder.Path, Token)).Counts.Unscored.ShouldBe(expected == UnscoredReason.CallFailed ? 0 : 2);
        candidate.Asked.Count.ShouldBe(expected == UnscoredReason.CallFailed ? 12 : 10);
    }

    [Fact]
    public async Task Answers_that_end_badly_at_the_start_do_not_end_a_run_whose_other_prompts_are_answered()
    {
        var asked = 0;
        var candidate = new ScriptedClient(_ => ScriptedClient.Response("4 0 0", Interlocked.Increment(ref asked) <= 10 ? new ChatFinishReason("error") : null));

        var document = await Run(Request(ScriptedClient.Saying(_ => "4 0 0"), candidate, Prompts(30)), folder.Path, Token);

        (document.Counts.Scored, document.Counts.Unscored).ShouldBe((20, 10));
    }

    /// <summary>Who goes on with a run asks the refused prompts again, and first: that they are refused again says nothing of the model.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Prompts_that_are_refused_each_time_do_not_end_a_run_that_is_gone_on_with(bool isAnswered)
    {
        var isBack = false;
        var candidate = new ScriptedClient(prompt =>
        {
            var number = int.Parse(prompt.Split(' ')[^1], CultureInfo.InvariantCulture);
            // First every other prompt is refused, and then the server goes away.
            var failure = number % 2 == 1 && number < 60 ? "forbidden" : number >= 60 && !isBack ? "gone" : null;
            if (failure is null)
                return ScriptedClient.Response("4 0 0");
            if (failure == "forbidden" && isAnswered)
                return ScriptedClient.Response("4 0 0", new ChatFinishReason("error"));
            var exception = new HttpRequestException(failure);
            if (failure == "forbidden")
                RefusedCalls.Attach(exception, RefusalScope.ThisRequest);
            throw exception;
        });
        var request = Request(ScriptedClient.Saying(_ => "4 0 0"), candidate, Prompts(80)) with { Concurrency = 1 };
        await Should.ThrowAsync<SideUnavailableException>(() => Run(request, folder.Path, Token));

        isBack = true;
        var document = await Run(request, folder.Path, Token);

        (document.Counts.Scored, document.Counts.Unscored, document.Counts.Pending).ShouldBe((50, 30, 0));
    }

    [Fact]
    public async Task A_server_whose_every_answer_ends_badly_is_told_with_its_word()
    {
        var candidate = new ScriptedClient(_ => ScriptedClient.Response("4 0 0", new ChatFinishReason("some_new_word")));

        var failure = await Should.ThrowAsync<SideUnavailableException>(() => Run(Request(ScriptedClient.Saying(_ => "4 0 0"), candidate, Prompts(100)) with { Concurrency = 4 }, folder.Path, Token));

        failure.Message.ShouldContain("'some_new_word'");
        candidate.Asked.Count.ShouldBeLessThan(30);
    }

    [Fact]
    public async Task A_model_that_fails_every_call_from_the_start_ends_the_run()
    {
        var dead = new ScriptedClient(_ => throw new HttpRequestException("connection refused"));
        var request = Request(ScriptedClient.Saying(_ => "4 0 0"), dead, Prompts(100)) with { Concurrency = 4 };

        var failure = await Should.ThrowAsync<SideUnavailableException>(() => Run(request, folder.Path, Token));

        failure.Side.ShouldBe(Side.Candidate);
        failure.Message.ShouldContain("connection refused");
        dead.Asked.Count.ShouldBeLessThan(12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_model_that_answers_nothing_of_a_short_run_ends_it_too(int prompts)
    {
        var dead = new ScriptedClient(_ => throw new HttpRequestException("the key is refused"));
        var request = Request(ScriptedClient.Saying(_ => "4 0 0"), dead, Prompts(prompts));

        var failure = await Should.ThrowAsync<SideUnavailableException>(() => Run(request, folder.Path, Token));

        failure.Side.ShouldBe(Side.Candidate);
        failure.Message.ShouldContain("the key is refused");
        File.Exists(Path.Combine(folder.Path, AuditFile.Name)).ShouldBeFalse("nothing is concluded from silence");
    }
}
