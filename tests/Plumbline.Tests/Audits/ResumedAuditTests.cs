using System.Globalization;
using Plumbline.Attacks;
using Plumbline.Audits;
using Plumbline.Audits.Deriving;
using Plumbline.Cases;
using Plumbline.Pairs;
using Plumbline.Runs;
using Shouldly;
using static Plumbline.Tests.Audits.SmallAudit;

namespace Plumbline.Tests.Audits;

public sealed class ResumedAuditTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_second_run_in_the_folder_asks_and_judges_nothing_again()
    {
        var request = Request(ScriptedClient.Saying(_ => "4 0 0"), ScriptedClient.Saying(_ => "4 4 2"), Prompts(10));
        var first = await Run(request, folder.Path, Token);
        // So that the document is derived again, from what the journal holds.
        File.Delete(Path.Combine(folder.Path, DerivedRecord.FileName));
        var mute = new ScriptedClient(_ => throw new InvalidOperationException("asked again"));
        var judge = new WordJudge();

        var again = await Run(request with { Baseline = request.Baseline with { Client = mute }, Candidate = request.Candidate with { Client = mute }, Judge = judge }, folder.Path, Token);

        AsJson(again).ShouldBe(AsJson(first));
        judge.Calls.ShouldBe(0);
    }

    /// <summary>Where no call would be the same, --reuse is no way further; and 'plumb resume' has no option for another folder.</summary>
    [Theory]
    [InlineData("id-before", "id-another", null, " (and --reuse '{0}', which takes over 10 answers)")]
    [InlineData("id-other", "id-another", null, " (no answer can be taken over: no call would be the same)")]
    [InlineData("id-before", "id-after", "Be brief.", " (no answer can be taken over: no call would be the same)")]
    public async Task A_refused_folder_is_told_with_what_leads_further(string baseline, string candidate, string? system, string told)
    {
        var request = Request(ScriptedClient.Saying(_ => "4 0 0"), ScriptedClient.Saying(_ => "4 4 2"), Prompts(10));
        await Run(request, folder.Path, Token);
        var (before, after) = (request.Baseline, request.Candidate);
        var other = request with
        {
            Baseline = before with { Facts = before.Facts with { Identity = baseline } },
            Candidate = after with { Facts = after.Facts with { Identity = candidate } },
            Sampling = request.Sampling with { SystemPrompt = system },
        };

        var refusal = await Should.ThrowAsync<RunException>(() => Run(other, folder.Path, Token));

        refusal.Message.ShouldContain($"Give 'plumb audit' another folder with -o{string.Format(CultureInfo.InvariantCulture, told, folder.Path)}, or ");
        refusal.Message.ShouldEndWith(" 'plumb report' and 'plumb gate' read the result that is there as it is.");
    }

    /// <summary>What a helper model is still to prepare, nobody knows; and what else is wrong with the request is no reason to say less of the folder.</summary>
    [Theory]
    [InlineData("auto_obfuscation", null)]
    [InlineData("best_of_n:20", 5)]
    public async Task A_refusal_claims_nothing_of_answers_that_cannot_be_foreseen(string attack, int? limit)
    {
        var request = Request(ScriptedClient.Saying(_ => "4 0 0"), ScriptedClient.Saying(_ => "4 4 2"), Prompts(10));
        await Run(request, folder.Path, Token);

        var refusal = await Should.ThrowAsync<RunException>(() => Run(request with { Attacks = [AttackCatalog.Named(attack)], CaseLimit = limit, Helper = request.Baseline }, folder.Path, Token));

        refusal.Message.ShouldStartWith($"The folder '{folder.Path}' holds another run: ");
        refusal.Message.ShouldContain("Give 'plumb audit' another folder with -o, or ");
    }

    /// <summary>Whose files have changed has given the same arguments already.</summary>
    [Fact]
    public async Task What_leads_back_is_what_has_changed()
    {
        var request = Request(ScriptedClient.Saying(_ => "4 0 0"), ScriptedClient.Saying(_ => "4 4 2"), Prompts(10));
        var planned = WithCandidate(new string('a', 64), []);
        await Run(planned, folder.Path, Token);

        (await Refusal(planned with { Sampling = new Sampling(Seed: 9) })).ShouldContain(", or the same arguments as before to resume.");
        (await Refusal(WithCandidate(new string('b', 64), []))).ShouldContain(", or put 'after' back as it was to resume.");
        (await Refusal(WithCandidate(new string('b', 64), []) with { Sampling = new Sampling(Seed: 9) })).ShouldContain(", or put 'after' back as it was, with the same arguments as before, to resume.");
        (await Refusal(WithCandidate(new string('b', 64), new() { [ModelFacts.EarlierIdentity] = new string('a', 64) }))).ShouldContain(", or go on with this run by the version of Plumbline that began it.");

        AuditRequest WithCandidate(string identity, Dictionary<string, string> facts) => request with { Candidate = request.Candidate with { Facts = new ModelFacts("after", identity, facts) } };

        async Task<string> Refusal(AuditRequest other) => (await Should.ThrowAsync<RunException>(() => Run(other, folder.Path, Token))).Message;
    }

    [Fact]
    public async Task Another_judge_scores_the_stored_answers_without_a_call()
    {
        var request = Request(ScriptedClient.Saying(_ => "4 0 0"), ScriptedClient.Saying(_ => "4 4 2"), Prompts(10));
        await Run(request, folder.Path, Token);
        var mute = new ScriptedClient(_ => throw new InvalidOperationException("asked again"));
        var judge = new WordJudge { Version = "2" };

        var document = await Run(request with { Baseline = request.Baseline with { Client = mute }, Candidate = request.Candidate with { Client = mute }, Judge = judge }, folder.Path, Token);

        judge.Calls.ShouldBe(20);
        document.Judge.Version.ShouldBe("2");
        document.Counts.Scored.ShouldBe(10);
    }

    [Fact]
    public async Task A_rule_that_is_changed_afterwards_is_applied_and_told()
    {
        var request = Request(ScriptedClient.Saying(_ => "4 0 0"), ScriptedClient.Saying(_ => "4 0 0"), Prompts(150));
        (await Run(request, folder.Path, Token)).Cautions.ShouldNotContain(caution => caution.StartsWith("The rule was changed", StringComparison.Ordinal));

        var document = await Run(request with { Rule = request.Rule with { Margin = 0.01 } }, folder.Path, Token);

        document.Verdict.Outcome.ShouldBe(VerdictOutcome.NotEnoughEvidence);
        document.Cautions.ShouldContain("The rule was changed after the run was planned: the margin was 3 points and is 1 point.");
    }

    [Fact]
    public async Task A_stopped_run_goes_on_where_it_was_and_ends_the_same()
    {
        using var stop = new CancellationTokenSource();
        var asked = 0;
        var baseline = new ScriptedClient(prompt =>
        {
            if (Interlocked.Increment(ref asked) == 25)
                stop.Cancel();
            return ScriptedClient.Response("4 0 0");
        });
        var candidate = ScriptedClient.Saying(prompt => prompt.EndsWith('3') ? "4 4 2" : "4 0 0");
        var request = Request(baseline, candidate, Prompts(60)) with { Concurrency = 4 };

        await Should.ThrowAsync<OperationCanceledException>(() => Run(request, folder.Path, stop.Token));
        File.Exists(Path.Combine(folder.Path, AuditFile.Name)).ShouldBeFalse();
        var resumed = await Run(request, folder.Path, Token);

        resumed.Counts.Scored.ShouldBe(60);
        candidate.Asked.GroupBy(prompt => prompt, StringComparer.Ordinal).ShouldAllBe(group => group.Count() <= 2);
        using var other = new TemporaryFolder();
        var inOneGo = await Run(request with { Baseline = request.Baseline with { Client = ScriptedClient.Saying(_ => "4 0 0") } }, other.Path, Token);
        AsJson(resumed.Verdict).ShouldBe(AsJson(inOneGo.Verdict));
        AsJson(resumed.Comparisons).ShouldBe(AsJson(inOneGo.Comparisons));
    }

    [Theory]
    [InlineData(true, "What was answered so far is kept")]
    [InlineData(false, "Nothing was answered yet")]
    public void A_side_that_cannot_be_asked_promises_only_what_is_kept(bool keeps, string words) =>
        new SideHealth(Side.Baseline, "m", () => keeps).Unavailable(new InvalidOperationException("refused.")).Message.ShouldContain(words);

    [Fact]
    public async Task A_folder_of_another_run_is_refused_and_says_what_differs()
    {
        var request = Request(ScriptedClient.Saying(_ => "4 0 0"), ScriptedClient.Saying(_ => "4 0 0"), Prompts(3));
        await Run(request, folder.Path, Token);

        var refusal = await Should.ThrowAsync<RunException>(() => Run(request with { Suite = Prompts(4), Sampling = new Sampling(Seed: 9) }, folder.Path, Token));

        refusal.Message.ShouldContain("--seed was ");
    }

    [Fact]
    public async Task An_empty_system_message_is_sent_and_is_another_run_than_none()
    {
        var request = Request(ScriptedClient.Saying(_ => "4 0 0"), ScriptedClient.Saying(_ => "4 0 0"), Prompts(1)) with { Sampling = new Sampling(SystemPrompt: "") };
        var document = await Run(request, folder.Path, Token);
        document.Cases[0].Messages[0].ShouldBe(new CaseMessage("system", ""));

        var refusal = await Should.ThrowAsync<RunException>(() => Run(request with { Sampling = new Sampling() }, folder.Path, Token));

        refusal.Message.ShouldContain("--system was ");
    }

    [Fact]
    public async Task A_second_process_on_the_same_run_is_refused()
    {
        using var held = RunFolder.Open(folder.Path);

        var refusal = await Should.ThrowAsync<RunException>(() => Run(Request(ScriptedClient.Saying(_ => ""), ScriptedClient.Saying(_ => ""), Prompts(1)), folder.Path, Token));

        refusal.Message.ShouldContain("Another process");
    }
}
