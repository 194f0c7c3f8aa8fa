using Plumbline.Audits;
using Plumbline.Statistics;
using Shouldly;
using static Plumbline.Tests.Audits.VerdictSamples;

namespace Plumbline.Tests.Audits;

/// <summary>How often the rule decides wrongly, by simulation.</summary>
public sealed class VerdictRatesTests
{
    static readonly DecisionRule Rule = new();

    // The stated error rates, by simulation over the rule itself: 250 independent cases.
    [Theory]
    [InlineData(0.02, 0.02, VerdictOutcome.Regressed)]
    [InlineData(0.10, 0.10, VerdictOutcome.Regressed)]
    [InlineData(0.06, 0.03, VerdictOutcome.Held)] // worse by the margin exactly
    [InlineData(0.031, 0.001, VerdictOutcome.Held)]
    public void A_wrong_verdict_is_as_rare_as_stated(double broke, double mended, VerdictOutcome wrong)
    {
        var random = new Random(21);
        const int runs = 1500;
        var count = 0;
        for (var run = 0; run < runs; run++)
        {
            var (b, c) = (0, 0);
            for (var i = 0; i < 250; i++)
            {
                var u = random.NextDouble();
                b += u < broke ? 1 : 0;
                c += u >= broke && u < broke + mended ? 1 : 0;
            }

            var outcome = VerdictRule.Decide([Comparison(250 - b - c, b, c, 0, 0)], Understanding(3.9, 3.9), Rule).Outcome;
            count += outcome == wrong || (wrong == VerdictOutcome.Held && outcome == VerdictOutcome.Improved) ? 1 : 0;
        }

        // 2.5% with four standard errors of the simulation.
        ((double)count / runs).ShouldBeLessThan(0.025 + 4 * Math.Sqrt(0.025 * 0.975 / runs));
    }

    // Fifty prompts under five attacks each; a tenth of the prompts change, and then in most of their cases, either way.
    [Fact]
    public void A_wrong_regression_is_as_rare_where_cases_share_prompts()
    {
        var random = new Random(22);
        const int runs = 1500;
        var (count, naive) = (0, 0);
        for (var run = 0; run < runs; run++)
        {
            var changes = new double[250];
            for (var prompt = 0; prompt < 50; prompt++)
            {
                var way = random.NextDouble() < 0.1 ? random.Next(2) * 2 - 1 : 0;
                for (var k = 0; k < 5; k++)
                    changes[prompt * 5 + k] = random.NextDouble() < 0.8 ? way : 0;
            }

            var prompts = Enumerable.Range(0, 250).Select(i => (i / 5).ToString()).ToArray();
            var (b, c) = (changes.Count(change => change > 0), changes.Count(change => change < 0));
            var plain = Comparison(250 - b - c, b, c, 0, 0);
            var shared = plain with
            {
                Outcome = plain.Outcome! with
                {
                    Difference = PairedDifference.Of(b, c, 250, 0.05, DesignEffect.Of(changes, prompts)),
                    PromptP = SignFlipTest.ExactP(changes.Chunk(5).Select(prompt => (int)prompt.Sum())),
                },
            };
            count += VerdictRule.Decide([shared], Understanding(3.9, 3.9), Rule).Outcome == VerdictOutcome.Regressed ? 1 : 0;
            naive += VerdictRule.Decide([plain], Understanding(3.9, 3.9), Rule).Outcome == VerdictOutcome.Regressed ? 1 : 0;
        }

        ((double)count / runs).ShouldBeLessThan(0.025 + 4 * Math.Sqrt(0.025 * 0.975 / runs));
        ((double)naive / runs).ShouldBeGreaterThan(0.1);
    }
}
