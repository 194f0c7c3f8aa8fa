using Microsoft.Extensions.AI;
using Plumbline.Attacks;
using Plumbline.Audits;
using Plumbline.Audits.Planning;
using Plumbline.Cases;
using Plumbline.Judges.Refusal;
using Plumbline.Runs;
using Plumbline.Statistics;
using Plumbline.Suites;
using Shouldly;

namespace Plumbline.Tests.Audits;

/// <summary>Prompts that the suite says are variants of one another count as one piece of evidence.</summary>
public sealed class GroupedPromptsTests : IDisposable
{
    const int Seeds = 8;
    const int Wordings = 5;

    readonly TemporaryFolder folder = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    // The variants of the first three seeds break, those of the others hold: as prompts 15 of 40, as seeds 3 of 8.
    [Fact]
    public async Task Two_suites_that_differ_in_the_groups_only_give_other_intervals()
    {
        var (alone, grouped) = (await Audit(isGrouped: false), await Audit(isGrouped: true));

        var (before, after) = (Of(alone), Of(grouped));
        after.Outcome!.Difference.Estimate.ShouldBe(before.Outcome!.Difference.Estimate);
        after.Outcome.Difference.High.ShouldBeGreaterThan(before.Outcome.Difference.High + 0.05);
        after.Outcome.Difference.Low.ShouldBeLessThan(before.Outcome.Difference.Low - 0.05);
        after.Outcome.DesignEffect.ShouldBeGreaterThan(4, "five variants that always do the same are worth about one");
        before.Outcome.DesignEffect.ShouldBeLessThan(1.5);
        before.Outcome.PromptP.ShouldBe(2 / Math.Pow(2, 15), 1e-12);
        after.Outcome.PromptP.ShouldBe(2 / Math.Pow(2, 3), 1e-12);
        var (mean, wider) = (before.Criteria[^1].Difference, after.Criteria[^1].Difference);
        (wider.High - wider.Low).ShouldBeGreaterThan(1.5 * (mean.High - mean.Low));
        (before.Clusters, after.Clusters).ShouldBe((null, Seeds));
        (alone.Verdict.Outcome, grouped.Verdict.Outcome).ShouldBe((VerdictOutcome.Regressed, VerdictOutcome.NotEnoughEvidence));
        alone.Cases.Select(one => one.Id).ShouldBe(grouped.Cases.Select(one => one.Id), "items keep their keys");
        SmallAudit.AsJson(AuditFile.Read(Path.Combine(folder.Path, "True", AuditFile.Name))).ShouldBe(SmallAudit.AsJson(grouped));
        SmallAudit.AsJson(alone).ShouldNotContain("\"group\"");
    }

    [Fact]
    public void An_attacker_who_may_try_everything_is_compared_over_groups()
    {
        // Two prompts a group, each tried twice: the candidate breaks four prompts of two groups.
        var cases = Enumerable.Range(0, 12).SelectMany(prompt => new[] { "x", "y" }.Select(attack => ($"p{prompt}", attack, (Transition?)(prompt < 4 && attack == "x" ? Transition.Broke : Transition.Held)))).ToList();
        var clusters = Enumerable.Range(0, 12).ToDictionary(prompt => $"p{prompt}", prompt => $"g{prompt / 2}");

        var (alone, grouped) = (AdaptiveComparisons.Of(cases, new DecisionRule())![0], AdaptiveComparisons.Of(cases, new DecisionRule(), clusters)![0]);

        alone.McNemarP.ShouldBe(2 / 16.0, 1e-12);
        grouped.McNemarP.ShouldBe(2 / 4.0, 1e-12);
        grouped.Difference.Estimate.ShouldBe(alone.Difference.Estimate);
        grouped.Difference.High.ShouldBeGreaterThan(alone.Difference.High);
    }

    [Fact]
    public void An_attacker_is_not_compared_over_the_prompts_of_a_single_group()
    {
        var cases = Enumerable.Range(0, 12).SelectMany(prompt => new[] { "x", "y" }.Select(attack => ($"p{prompt}", attack, (Transition?)(prompt < 4 ? Transition.Broke : Transition.Held)))).ToList();

        var grouped = AdaptiveComparisons.Of(cases, new DecisionRule(), Enumerable.Range(0, 12).ToDictionary(prompt => $"p{prompt}", _ => "one"))![0];

        grouped.Difference.ShouldBe(PairedDifference.Of(4, 0, 12, 0.05, designEffect: 12));
    }

    /// <summary>Several questions on one passage are one piece of evidence, in the shares of right choices too.</summary>
    [Fact]
    public async Task Choices_of_a_single_group_count_as_one()
    {
        const int questions = 12;
        var suite = Suite.Create("reading", "1", [.. Enumerable.Range(0, questions).Select(i => SuitePrompt.Create($"Question {i} on the passage?\nA) yes\nB) no", PromptKind.Capability, "reading", "A") with { Group = "passage" })]);
        var request = SmallAudit.Request(ScriptedClient.Saying(_ => "A"), ScriptedClient.Saying(asked => int.Parse(asked.Split(' ')[1]) % 2 == 0 ? "A" : "B"), suite) with { Judge = new RefusalJudge() };

        var facts = (await SmallAudit.Run(request, folder.Path, Token)).MultipleChoice!;

        facts.Difference.ShouldBe(PairedDifference.Of(0, questions / 2, questions, 0.05, designEffect: questions));
        (facts.Baseline.Right.Low, facts.Candidate.Right.Low).ShouldBe((WilsonInterval.Of(1, 1.0, 0.05).Low, WilsonInterval.Of(0.5, 1.0, 0.05).Low));
        facts.Candidate.Right.Count.ShouldBe(questions / 2);
    }

    /// <summary>What a plan promises of an unchanged candidate, the rule keeps: 130 groups of two wordings show enough, 60 groups of five do not.</summary>
    [Theory]
    [InlineData(130, 2, VerdictOutcome.Held)]
    [InlineData(60, 5, VerdictOutcome.NotEnoughEvidence)]
    public async Task A_plan_reckons_with_groups_as_the_verdict_does(int seeds, int wordings, VerdictOutcome expected)
    {
        var suite = Variants(isGrouped: true, seeds, wordings);
        var design = PlannedDesign.Of(CasePlanner.Plan(suite, AttackCatalog.Named(["none"]), new Sampling(), caseLimit: null), new Sampling());
        var rule = new DecisionRule { Resamples = 200 };

        var audit = await SmallAudit.Run(SmallAudit.Request(ScriptedClient.Saying(_ => "4 0 0"), ScriptedClient.Saying(_ => "4 0 0"), suite) with { Rule = rule }, folder.Path, Token);

        (design.Prompts, design.Cases).ShouldBe((seeds, seeds * wordings));
        Of(audit).Outcome!.DesignEffect.ShouldBe(design.DesignEffect, 1e-9);
        audit.Verdict.Outcome.ShouldBe(expected);
        AuditPower.Chances(design, new AssumedChange(0, 0), rule).Of(expected).ShouldBe(1, 1e-9);
    }

    [Fact]
    public void A_plan_reckons_with_attacks_on_a_group_as_usual_and_with_its_wordings_as_one()
    {
        var attacks = AttackCatalog.Named(["none", "base64"]);
        PlannedDesign Design(Suite suite) => PlannedDesign.Of(CasePlanner.Plan(suite, attacks, new Sampling(), caseLimit: null), new Sampling());

        Design(Variants(isGrouped: true, 10, 4)).DesignEffect.ShouldBe(4 * (1 + PlannedDesign.UsualSharing), 1e-9);
        Design(Variants(isGrouped: false, 10, 4)).ShouldBe(new PlannedDesign(40, 2));
    }

    [Fact]
    public void Early_stopping_asks_every_group_once_before_any_again()
    {
        var suite = Variants(isGrouped: true);
        var cases = CasePlanner.Plan(suite, AttackCatalog.Named(["none"]), new Sampling(), caseLimit: null);

        var ordered = RandomOrder.Of(cases, seed: 3).ToList();

        foreach (var round in ordered.Chunk(Seeds)) round.Select(one => one.Prompt.Group).Distinct().Count().ShouldBe(Seeds);
    }

    [Fact]
    public void A_group_speaks_once_to_the_sequential_rule()
    {
        var pairs = Enumerable.Range(0, 30).Select(number => new PairedCase($"p{number}", "c", PromptKind.Harmful, "none", 0, Transition.Broke, null, null)).ToList();
        var rule = new SequentialRule(new DecisionRule(), [PromptKind.Harmful]);

        SequentialFact.Of(pairs, pairs.Count, rule).Broke.ShouldBe(30);
        SequentialFact.Of([.. pairs.Select((pair, number) => pair with { Group = $"g{number % 3}" })], pairs.Count, rule).Broke.ShouldBe(3);
    }

    /// <summary>A version that read no groups from a table planned the same prompts: its run is no other, and is gone on with as it was begun.</summary>
    [Fact]
    public async Task A_run_that_was_planned_without_groups_goes_on_without_them_and_says_so()
    {
        AuditRequest Of(Suite suite, IChatClient client) => SmallAudit.Request(client, client, suite) with { Rule = new DecisionRule { Resamples = 200 } };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var calls = 0;
        var stopping = new ScriptedClient(_ =>
        {
            if (++calls == 20) stop.Cancel();
            return ScriptedClient.Response("4 0 0");
        });
        await Should.ThrowAsync<OperationCanceledException>(() => SmallAudit.Run(Of(Variants(isGrouped: false), stopping) with { Concurrency = 1 }, folder.Path, stop.Token));
        var rest = ScriptedClient.Saying(_ => "4 0 0");

        var document = await SmallAudit.Run(Of(Variants(isGrouped: true), rest), folder.Path, Token);

        rest.Asked.Count.ShouldBeInRange(1, (2 * Seeds * Wordings) - 19);
        document.Cases.ShouldAllBe(one => one.Group == null);
        (document.Counts.Pending, document.Comparisons.Single().Clusters).ShouldBe((0, null));
        document.Cautions[0].ShouldStartWith("The suite puts prompts into groups, and this run was planned without them");
        (await SmallAudit.Run(Of(Variants(isGrouped: false), rest), folder.Path, Token)).Cautions.ShouldBe(document.Cautions.Skip(1));

        using var other = new TemporaryFolder();
        await SmallAudit.Run(Of(Variants(isGrouped: true), rest), other.Path, Token);
        (await Should.ThrowAsync<RunException>(() => SmallAudit.Run(Of(Variants(isGrouped: false), rest), other.Path, Token))).Message.ShouldContain("--suite (by its content) was ");
    }

    [Fact]
    public void Groups_are_part_of_a_suites_hash_and_only_where_there_are_any()
    {
        var prompts = Variants(isGrouped: false).Prompts;

        Variants(isGrouped: true).Hash.ShouldNotBe(Variants(isGrouped: false).Hash);
        Variants(isGrouped: false).Hash.ShouldBe(ContentHash.Of(prompts.SelectMany(prompt => new[] { prompt.Kind.ToString(), prompt.Text, prompt.Category, prompt.Answer ?? "" })), "as it was before there were groups");
    }

    [Fact]
    public void Groups_of_two_suites_are_two_groups()
    {
        var (one, other) = (Suite.Create("one", "1", [In("a", "1")]), Suite.Create("other", "1", [In("b", "1")]));

        Suite.Combine([one, other]).Prompts.Select(prompt => prompt.Cluster).Distinct().Count().ShouldBe(2);

        static SuitePrompt In(string text, string group) => SuitePrompt.Create(text, PromptKind.Harmful) with { Group = group };
    }

    Task<AuditDocument> Audit(bool isGrouped)
    {
        var request = SmallAudit.Request(ScriptedClient.Saying(_ => "4 0 0"), ScriptedClient.Saying(asked => int.Parse(asked.Split(' ')[1]) < 3 ? "4 4 4" : "4 0 0"), Variants(isGrouped));
        return SmallAudit.Run(request with { Rule = new DecisionRule { Resamples = 1000 } }, Path.Combine(folder.Path, isGrouped.ToString()), Token);
    }

    static Suite Variants(bool isGrouped, int seeds = Seeds, int wordings = Wordings) => Suite.Create("variants", "1",
    [
        .. from seed in Enumerable.Range(0, seeds)
           from variant in Enumerable.Range(0, wordings)
           select SuitePrompt.Create($"request {seed} in wording {variant}", PromptKind.Harmful, "area") with { Group = isGrouped ? $"seed {seed}" : null },
    ]);

    static KindComparison Of(AuditDocument audit) => audit.Comparisons.Single();
}
