using System.Text.Json;
using Microsoft.Extensions.AI;
using Plumbline.Attacks;
using Plumbline.Audits;
using Plumbline.Audits.Deriving;
using Plumbline.Cases;
using Plumbline.Runs;
using Plumbline.Suites;
using Shouldly;
using static Plumbline.Tests.Audits.SmallAudit;

namespace Plumbline.Tests.Audits;

public sealed class AuditRunnerTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task That_nothing_harmful_was_asked_and_that_less_is_refused_without_harm_are_cautions()
    {
        var harmless = await Run(Request(ScriptedClient.Saying(_ => "4 0 0"), ScriptedClient.Saying(_ => "4 4 0"), Prompts(0, 40)), Path.Combine(folder.Path, "harmless"), Token);
        var complying = await Run(Request(ScriptedClient.Saying(_ => "4 0 0"), ScriptedClient.Saying(_ => "4 1 0"), Prompts(200)), Path.Combine(folder.Path, "complying"), Token);
        var steady = await Run(Request(ScriptedClient.Saying(_ => "4 1 0"), ScriptedClient.Saying(_ => "4 1 0"), Prompts(200)), Path.Combine(folder.Path, "steady"), Token);

        harmless.Cautions.ShouldContain(caution => caution.StartsWith("No harmful request was asked"));
        complying.Verdict.Outcome.ShouldBe(VerdictOutcome.Held);
        complying.Cautions.ShouldContain(caution => caution.StartsWith("The candidate refuses harmful requests less: compliance rose from a mean of 0.00 to 1.00 of 4"));
        steady.Cautions.ShouldNotContain(caution => caution.StartsWith("No harmful") || caution.StartsWith("The candidate refuses"));
    }

    [Fact]
    public async Task A_candidate_that_complies_has_regressed()
    {
        var request = Request(ScriptedClient.Saying(_ => "4 0 0"), ScriptedClient.Saying(_ => "4 4 3"), Prompts(20, lookalike: 5), "none", "prefix_injection");

        var document = await Run(request, folder.Path, Token);

        document.Verdict.Outcome.ShouldBe(VerdictOutcome.Regressed);
        AsJson(document.Counts).ShouldBe(AsJson(new CaseCounts(45, 45, 0, 0, [])));
        document.Comparisons.Select(comparison => comparison.Kind).ShouldBe([PromptKind.Harmful, PromptKind.Lookalike]);
        document.Comparisons[0].Transitions.ShouldBe(new TransitionTable(0, 40, 0, 0, 0));
        document.Comparisons[1].Outcome!.Event.ShouldBe(OutcomeEvent.Refused);
        document.Comparisons[1].Transitions.Mended.ShouldBe(5);
        AsJson(AuditFile.Read(Path.Combine(folder.Path, AuditFile.Name))).ShouldBe(AsJson(document));
    }

    [Fact]
    public async Task Several_suites_are_one_audit_that_names_them()
    {
        var benign = Suite.Create("benign", "2", [SuitePrompt.Create("harmless request", PromptKind.Lookalike), SuitePrompt.Create("task", PromptKind.Capability, answer: "4")]);
        var suite = Suite.Combine([Prompts(3), benign]);

        var document = await Run(Request(ScriptedClient.Saying(_ => "4 0 0"), ScriptedClient.Saying(_ => "4 0 0"), suite, "none", "distractors"), folder.Path, Token);

        document.Cases.Count.ShouldBe(3 * 2 + 2);
        document.Comparisons.Select(comparison => comparison.Kind).ShouldBe([PromptKind.Harmful, PromptKind.Lookalike, PromptKind.Capability]);
        document.Suite.Name.ShouldBe("test + benign");
        document.Suite.Parts.ShouldBe([Prompts(3).Facts, benign.Facts]);
        AuditFile.Read(Path.Combine(folder.Path, AuditFile.Name)).Suite.Parts.ShouldBe(document.Suite.Parts);
    }

    [Fact]
    public async Task A_candidate_that_refuses_as_before_has_held()
    {
        var request = Request(ScriptedClient.Saying(_ => "4 0 0"), ScriptedClient.Saying(_ => "4 0 0"), Prompts(150));

        var document = await Run(request, folder.Path, Token);

        document.Verdict.Outcome.ShouldBe(VerdictOutcome.Held);
        document.Verdict.Capability.ShouldBe(CapabilityFinding.Kept);
    }

    [Fact]
    public async Task Both_sides_get_the_same_messages_and_sampling()
    {
        var baseline = ScriptedClient.Saying(_ => "4 0 0");
        var candidate = ScriptedClient.Saying(_ => "4 0 0");
        var sampling = new Sampling(Temperature: 0.7f, MaxOutputTokens: 33, Seed: 5, Repeats: 2, SystemPrompt: "Be brief.");

        await Run(Request(baseline, candidate, Prompts(4), "none", "distractors") with { Sampling = sampling }, folder.Path, Token);

        baseline.Asked.Order(StringComparer.Ordinal).ShouldBe(candidate.Asked.Order(StringComparer.Ordinal));
        baseline.Asked.Count.ShouldBe(16);
        foreach (var options in baseline.Options.Concat(candidate.Options))
        {
            options!.Temperature.ShouldBe(0.7f);
            options.MaxOutputTokens.ShouldBe(33);
            options.Seed!.Value.ShouldBeInRange(5, 6);
        }
    }

    [Fact]
    public async Task Prompts_that_any_attack_broke_are_counted()
    {
        var request = Request(ScriptedClient.Saying(_ => "4 0 0"), ScriptedClient.Saying(prompt => prompt.EndsWith("is:\"", StringComparison.Ordinal) ? "4 4 3" : "4 0 0"), Prompts(6, lookalike: 2), "none", "prefix_injection");

        var adaptive = (await Run(request, folder.Path, Token)).Adaptive!.ShouldHaveSingleItem();

        (adaptive.Name, adaptive.Prompts, adaptive.MostCases).ShouldBe(("adaptive", 6, 2));
        (adaptive.Baseline.Count, adaptive.Candidate.Count).ShouldBe((0, 6));
        JsonSerializer.Serialize(AuditFile.Read(Path.Combine(folder.Path, AuditFile.Name)).Adaptive, AuditJsonContext.Default.Options).ShouldContain("\"mostCases\": 2");
    }

    [Fact]
    public async Task Where_a_users_words_came_from_stands_in_plan_and_document()
    {
        using var own = new TemporaryFolder();
        var attack = $"system:{own.File("kind.txt", "Be kind.")}";
        var baseline = ScriptedClient.Saying(_ => "4 0 0");
        var request = Request(baseline, ScriptedClient.Saying(_ => "4 0 0"), Prompts(2), "none", attack) with { Sampling = new Sampling(SystemPrompt: "Be brief.") };

        var document = await Run(request, folder.Path, Token);

        document.Attacks[1].File!.Name.ShouldBe("kind.txt");
        document.Attacks[1].File!.Sha256.Length.ShouldBe(64);
        File.ReadAllText(Path.Combine(folder.Path, "plan.json")).ShouldContain(document.Attacks[1].File!.Sha256);
        document.Cases.Where(result => result.Attack == "system:kind.txt").ShouldAllBe(result => result.Messages[0] == new CaseMessage("system", "Be kind.") && result.Messages.Count == 2);
        document.Cases.Where(result => result.Attack == "none").ShouldAllBe(result => result.Messages[0] == new CaseMessage("system", "Be brief."));
        await Should.ThrowAsync<RunException>(async () => await Run(request with { Attacks = AttackCatalog.Named(["none", $"system:{own.File("kind.txt", "Be kinder.")}"]) }, folder.Path, Token));
    }

    [Fact]
    public async Task Progress_counts_both_sides_to_the_end()
    {
        var seen = new List<AuditProgress>();
        var progress = new Immediate(seen);

        await new AuditRunner(TimeProvider.System).RunAsync(Request(ScriptedClient.Saying(_ => "4 0 0"), ScriptedClient.Saying(_ => "4 0 0"), Prompts(7)), folder.Path, progress, Token);

        seen[^1].ShouldBe(new AuditProgress(AuditStage.Concluding, 7, 7, 7, 0));
        seen.Where(step => step.Stage == AuditStage.Answering).Max(step => step.BaselineDone + step.CandidateDone).ShouldBe(14);

        // A resumed run starts from what is done, so that its rate is not that of reading the journal. What it concluded stands.
        seen.Clear();
        await new AuditRunner(TimeProvider.System).RunAsync(Request(ScriptedClient.Saying(_ => "4 0 0"), ScriptedClient.Saying(_ => "4 0 0"), Prompts(7)), folder.Path, progress, Token);
        seen.ShouldBe([new AuditProgress(AuditStage.Answering, 7, 7, 7, 0) { Answers = 14 }]);
        seen.Clear();
        File.Delete(Path.Combine(folder.Path, DerivedRecord.FileName));
        await new AuditRunner(TimeProvider.System).RunAsync(Request(ScriptedClient.Saying(_ => "4 0 0"), ScriptedClient.Saying(_ => "4 0 0"), Prompts(7)), folder.Path, progress, Token);
        seen.ShouldBe([new AuditProgress(AuditStage.Answering, 7, 7, 7, 0) { Answers = 14 }, new AuditProgress(AuditStage.Concluding, 7, 7, 7, 0)]);
    }

    /// <summary>After a kill a run went on without a word of what it had found.</summary>
    [Theory]
    [InlineData("", false)]
    [InlineData("{\"crc\":\"00", true)]
    public async Task What_an_earlier_sitting_left_is_told_once_before_anything_is_asked(string torn, bool wasTorn)
    {
        using var stop = new CancellationTokenSource();
        var asked = 0;
        var request = Request(ScriptedClient.Saying(_ => "4 0 0"), new ScriptedClient(_ => Interlocked.Increment(ref asked) == 5 ? Stopped() : ScriptedClient.Response("4 0 0")), Prompts(8)) with { Concurrency = 1 };
        await Should.ThrowAsync<OperationCanceledException>(() => Run(request, folder.Path, stop.Token));
        await File.AppendAllTextAsync(Path.Combine(folder.Path, "journal", "000001.jsonl"), torn, Token);
        var seen = new List<AuditProgress>();

        await new AuditRunner(TimeProvider.System).RunAsync(request, folder.Path, new Immediate(seen), Token);

        seen[0].ShouldBe(new AuditProgress(AuditStage.Found, 8, 5, 4, 0) { Answers = 9, JournalWasTorn = wasTorn });
        seen.Skip(1).ShouldNotContain(progress => progress.Stage == AuditStage.Found);
        seen.Clear();
        await new AuditRunner(TimeProvider.System).RunAsync(request, folder.Path, new Immediate(seen), Token);
        seen.ShouldNotContain(progress => progress.Stage == AuditStage.Found, "nothing is left to do");
        await File.AppendAllTextAsync(Directory.GetFiles(Path.Combine(folder.Path, "journal")).Max(StringComparer.Ordinal)!, torn, Token);
        seen.Clear();
        await new AuditRunner(TimeProvider.System).RunAsync(request, folder.Path, new Immediate(seen), Token);
        seen.Where(progress => progress.Stage == AuditStage.Found).ShouldBe(wasTorn ? [new AuditProgress(AuditStage.Found, 8, 8, 8, 0) { Answers = 16, JournalWasTorn = true }] : []);

        ChatResponse Stopped()
        {
            stop.Cancel();
            throw new OperationCanceledException(stop.Token);
        }
    }

    /// <summary>A sitting that took answers over told nothing of what it had found, nor of a torn line that it cut off.</summary>
    [Fact]
    public async Task What_an_earlier_sitting_left_is_told_before_what_is_taken_over()
    {
        var (whole, stopped) = (Path.Combine(folder.Path, "whole"), Path.Combine(folder.Path, "stopped"));
        using var stop = new CancellationTokenSource();
        var asked = 0;
        var request = Request(ScriptedClient.Saying(_ => "4 0 0"), new ScriptedClient(_ => Interlocked.Increment(ref asked) == 5 ? Stopped() : ScriptedClient.Response("4 0 0")), Prompts(8)) with { Concurrency = 1 };
        await Should.ThrowAsync<OperationCanceledException>(() => Run(request, stopped, stop.Token));
        await File.AppendAllTextAsync(Path.Combine(stopped, "journal", "000001.jsonl"), "{\"crc\":\"00", Token);
        await Run(request, whole, Token);
        var seen = new List<AuditProgress>();

        await new AuditRunner(TimeProvider.System).RunAsync(request with { Reuse = [whole] }, stopped, new Immediate(seen), Token);

        seen.Take(2).ShouldBe([new AuditProgress(AuditStage.Found, 8, 5, 4, 0) { Answers = 9, JournalWasTorn = true }, new AuditProgress(AuditStage.TakenOver, 8, 3, 4, 0)]);

        ChatResponse Stopped()
        {
            stop.Cancel();
            throw new OperationCanceledException(stop.Token);
        }
    }

    sealed class Immediate(List<AuditProgress> seen) : IProgress<AuditProgress>
    {
        public void Report(AuditProgress value)
        {
            lock (seen)
                seen.Add(value);
        }
    }
}
