using MathNet.Numerics.Distributions;
using Plumbline.Audits;
using Plumbline.Audits.Planning;
using Plumbline.Statistics;
using Shouldly;

namespace Plumbline.Tests.Audits.Planning;

public sealed class AuditPowerTests
{
    static readonly DecisionRule Rule = new();

    // Every number of broken and mended of 60, decided one by one and weighed by the multinomial distribution.
    [Theory]
    [InlineData(0, 0.02)]
    [InlineData(0.1, 0.1)]
    [InlineData(-0.3, 0)]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    public void The_chances_agree_with_deciding_every_table(double shift, double noise)
    {
        var change = new AssumedChange(shift, noise);
        var wide = new DecisionRule(Margin: 0.1);
        var expected = new Dictionary<VerdictOutcome, double>();
        var chances = new Multinomial([change.Broke, change.Mended, 1 - change.Broke - change.Mended], 60);
        for (var b = 0; b <= 60; b++)
        {
            for (var c = 0; b + c <= 60; c++)
            {
                var verdict = VerdictRule.ByFigures(PairedDifference.Of(b, c, 60, 0.05), McNemarTest.ExactP(b, c), wide);
                expected[verdict] = expected.GetValueOrDefault(verdict) + chances.Probability([b, c, 60 - b - c]);
            }
        }

        var counted = AuditPower.Chances(new PlannedDesign(60, 1), change, wide);

        foreach (var outcome in Enum.GetValues<VerdictOutcome>())
            counted.Of(outcome).ShouldBe(expected.GetValueOrDefault(outcome), 1e-7, outcome.ToString());
        Enum.GetValues<VerdictOutcome>().Sum(counted.Of).ShouldBe(1, 1e-12);
    }

    [Fact]
    public void More_broken_cases_never_make_the_verdict_milder()
    {
        foreach (var (cases, margin) in new[] { (40, 0.1), (250, 0.03), (1000, 0.03) })
        {
            var table = new VerdictTable(cases, new DecisionRule(Margin: margin));
            for (var mended = 0; mended <= 40; mended += 3)
            {
                var places = Enumerable.Range(0, Math.Min(120, cases - mended + 1)).Select(broke => Place(table.Decide(broke, mended))).ToList();
                places.ShouldBe(places.Order());
            }
        }

        static int Place(VerdictOutcome outcome) => outcome switch
        {
            VerdictOutcome.Improved => 0,
            VerdictOutcome.Held => 1,
            VerdictOutcome.NotEnoughEvidence => 2,
            _ => 3,
        };
    }

    [Fact]
    public void An_audit_of_the_article_s_size_finds_the_article_s_effect_and_seldom_more_than_ten_points_less()
    {
        var design = new PlannedDesign(250, 1);
        AuditPower.Chances(design, new AssumedChange(AuditForecast.ArticleShift), Rule).Regressed.ShouldBeGreaterThan(0.9999);
        AuditPower.SmallestShift(design, Rule)!.Value.ShouldBeInRange(0.03, 0.06);

        // The stated error rates.
        AuditPower.Chances(design, new AssumedChange(0, 0.1), Rule).Regressed.ShouldBeLessThan(0.025);
        AuditPower.Chances(design, new AssumedChange(0.03), Rule).Held.ShouldBeLessThan(0.025);
    }

    [Fact]
    public void The_smallest_shift_is_the_first_that_has_its_power()
    {
        var design = new PlannedDesign(100, 2, 0.5);
        var shift = AuditPower.SmallestShift(design, Rule, noise: 0.04, power: 0.9)!.Value;
        AuditPower.Chances(design, new AssumedChange(shift, 0.04), Rule).Regressed.ShouldBeGreaterThanOrEqualTo(0.9);
        AuditPower.Chances(design, new AssumedChange(shift - 0.001, 0.04), Rule).Regressed.ShouldBeLessThan(0.9);
        AuditPower.SmallestShift(new PlannedDesign(3, 1), Rule).ShouldBeNull();
    }

    [Fact]
    public void As_many_prompts_are_needed_as_the_interval_takes()
    {
        // Without noise nothing is discordant: the score interval needs 125 pairs for three points.
        AuditPower.PromptsNeeded(new PlannedDesign(1, 1), new AssumedChange(0, 0), VerdictOutcome.Held, Rule).ShouldBe(125);
        var needed = AuditPower.PromptsNeeded(new PlannedDesign(1, 1), new AssumedChange(0.06), VerdictOutcome.Regressed, Rule)!.Value;
        AuditPower.Chances(new PlannedDesign(needed, 1), new AssumedChange(0.06), Rule).Regressed.ShouldBeGreaterThanOrEqualTo(0.8);
        AuditPower.Chances(new PlannedDesign(needed * 3 / 4, 1), new AssumedChange(0.06), Rule).Regressed.ShouldBeLessThan(0.8);
        AuditPower.PromptsNeeded(new PlannedDesign(1, 1), new AssumedChange(0.03), VerdictOutcome.Held, Rule).ShouldBeNull();
    }

    [Fact]
    public void Cases_that_share_a_prompt_count_for_less()
    {
        new PlannedDesign(50, 5, 0).Effective.ShouldBe(250);
        new PlannedDesign(50, 5, 1).Effective.ShouldBe(50);
        new PlannedDesign(50, 5, 0.25).Effective.ShouldBe(125);
        PlannedDesign.SharingOf(new PlannedDesign(50, 5, 0.25).DesignEffect, 5).ShouldBe(0.25, 1e-12);
        PlannedDesign.SharingOf(1.7, 1).ShouldBe(0);
        AuditPower.PromptsNeeded(new PlannedDesign(1, 5, 0.25), new AssumedChange(0, 0), VerdictOutcome.Held, Rule).ShouldBe(50);
    }

    // Fifty prompts under five attacks, changes alike within a prompt: the forecast against simulated audits decided by the rule over prompts.
    [Fact]
    public void A_forecast_for_shared_prompts_agrees_with_simulated_audits()
    {
        const double sharing = 0.3;
        const double shift = 0.16;
        var random = new Random(61);
        var prompts = Enumerable.Range(0, 250).Select(i => (i / 5).ToString()).ToArray();
        const int runs = 2000;
        var regressed = 0;
        for (var run = 0; run < runs; run++)
        {
            var changes = new double[250];
            for (var prompt = 0; prompt < 50; prompt++)
            {
                // With this chance all cases of a prompt do the same: their correlation is the chance itself.
                var isAlike = random.NextDouble() < sharing;
                var common = Draw();
                for (var k = 0; k < 5; k++)
                    changes[prompt * 5 + k] = isAlike ? common : Draw();
            }

            var (b, c) = (changes.Count(change => change > 0), changes.Count(change => change < 0));
            var verdict = VerdictRule.ByFigures(
                PairedDifference.Of(b, c, 250, 0.05, DesignEffect.Of(changes, prompts)),
                SignFlipTest.ExactP(changes.Chunk(5).Select(prompt => (int)prompt.Sum())),
                Rule);
            regressed += verdict == VerdictOutcome.Regressed ? 1 : 0;
        }

        var forecast = AuditPower.Chances(new PlannedDesign(50, 5, sharing), new AssumedChange(shift, 0.02), Rule).Regressed;
        ((double)regressed / runs).ShouldBe(forecast, 0.06);

        double Draw()
        {
            var u = random.NextDouble();
            return u < shift + 0.01 ? 1 : u < shift + 0.02 ? -1 : 0;
        }
    }

    /// <summary>Held is the interval's word, and the interval is the stated one for each kind; a regression needs the test, which takes a share of the error rate.</summary>
    [Fact]
    public void A_kind_that_is_not_the_first_is_held_as_soon_as_the_first_and_regresses_later()
    {
        var design = new PlannedDesign(269, 1);
        var (first, other) = (AuditForecast.Of(design, Rule), AuditForecast.Of(design, Rule with { Alpha = Rule.Alpha / 3, IntervalAlpha = Rule.Alpha }));

        other.PromptsToHold.ShouldBe(first.PromptsToHold);
        other.Chances[0].Held.ShouldBe(first.Chances[0].Held, 0.02);
        other.PromptsToFindTwiceTheMargin!.Value.ShouldBeGreaterThan(first.PromptsToFindTwiceTheMargin!.Value);
    }

    [Fact]
    public void A_forecast_says_all_that_a_plan_needs()
    {
        var forecast = AuditForecast.Of(new PlannedDesign(250, 1), Rule);

        forecast.Chances.Select(chances => chances.Change.Shift).ShouldBe([0, 0.03, 0.06, 0.1, 0.252]);
        forecast.Chances.Select(chances => chances.Regressed).ShouldBe(forecast.Chances.Select(chances => chances.Regressed).Order());
        forecast.PromptsToHold!.Value.ShouldBeInRange(200, 450);
        forecast.PromptsToFindTwiceTheMargin!.Value.ShouldBeInRange(100, 300);
        forecast.SmallestShift.ShouldNotBeNull();
    }

    /// <summary>An audit of several kinds gives each its interval at 1 − α, and shares α among the exact tests alone: "held" is as likely as where the kind is asked by itself.</summary>
    [Fact]
    public void Kinds_that_share_an_error_rate_share_that_of_the_test_alone()
    {
        var (alone, third) = (AuditForecast.Of(new PlannedDesign(250, 1), Rule), AuditForecast.Of(new PlannedDesign(250, 1), Rule with { Alpha = Rule.Alpha / 3, IntervalAlpha = Rule.Alpha }));
        var strictest = AuditForecast.Of(new PlannedDesign(250, 1), Rule with { Alpha = Rule.Alpha / 3 });

        third.PromptsToHold.ShouldBe(alone.PromptsToHold);
        third.PromptsToHold!.Value.ShouldBeLessThan(strictest.PromptsToHold!.Value);
        (third.Chances[0].Held + third.Chances[0].Improved).ShouldBe(alone.Chances[0].Held + alone.Chances[0].Improved, 1e-9);
        third.Chances[2].Regressed.ShouldBeLessThan(alone.Chances[2].Regressed);
        third.SmallestShift!.Value.ShouldBeGreaterThan(alone.SmallestShift!.Value);
    }

    /// <summary>What is told as enough is enough, wherever the search began: also just below the number from which on nothing is counted.</summary>
    [Theory]
    [InlineData(0.028, 0.002, 4000)]
    [InlineData(0.027, 0.001, 4900)]
    [InlineData(0.0265, 0.004, 300)]
    [InlineData(0.0, 0.02, 10)]
    [InlineData(0.015, 0.6, 4900)] // about 8,000
    public void Cases_that_are_said_to_decide_do(double shift, double noise, int from)
    {
        var seen = new AssumedChange(shift, noise);

        var enough = AuditPower.CasesToDecide(seen, Rule, from).ShouldNotBeNull();

        (1 - AuditPower.Chances(new PlannedDesign(enough, 1), seen, Rule).NotEnoughEvidence).ShouldBeGreaterThanOrEqualTo(0.8);
    }

    /// <summary>No number is told, in the place of one that falls short.</summary>
    [Fact]
    public void Where_no_number_suffices_none_is_told() => AuditPower.CasesToDecide(new AssumedChange(0.001, 0.2), Rule with { Margin = 0.002 }, 4900).ShouldBeNull();

    [Fact]
    public void Nonsense_is_refused()
    {
        var design = new PlannedDesign(10, 1);
        Should.Throw<ArgumentException>(() => AuditPower.Chances(design with { Prompts = 0 }, new AssumedChange(0), Rule));
        Should.Throw<ArgumentException>(() => AuditPower.Chances(design with { CasesPerPrompt = 0.5 }, new AssumedChange(0), Rule));
        Should.Throw<ArgumentException>(() => AuditPower.Chances(design with { Sharing = double.NaN }, new AssumedChange(0), Rule));
        Should.Throw<ArgumentException>(() => AuditPower.Chances(design, new AssumedChange(1), Rule));
        Should.Throw<ArgumentException>(() => AuditPower.Chances(design, new AssumedChange(0, -0.1), Rule));
        Should.Throw<ArgumentException>(() => AuditPower.SmallestShift(design, Rule, power: 1));
    }
}
