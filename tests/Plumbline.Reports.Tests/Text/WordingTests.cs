using Plumbline.Audits;
using Plumbline.Judges;
using Plumbline.Pairs;
using Plumbline.Reports.Tests.Samples;
using Plumbline.Reports.Text;
using Plumbline.Suites;
using Shouldly;

namespace Plumbline.Reports.Tests.Text;

public sealed class WordingTests
{
    [Theory]
    [InlineData("systemPrompt", "System prompt")]
    [InlineData("template", "Template")]
    [InlineData("runsAt", "Runs at")]
    [InlineData("", "")]
    public void A_facts_name_in_words(string name, string words) => Wording.Fact(name).ShouldBe(words);

    [Theory]
    [InlineData(VerdictOutcome.Regressed, CapabilityFinding.Kept, OutcomeEvent.HarmfulnessAboveOne, "bob after law gives more harmful answers than bob.")]
    [InlineData(VerdictOutcome.Improved, CapabilityFinding.Kept, OutcomeEvent.HarmfulnessAboveOne, "bob after law gives fewer harmful answers than bob.")]
    [InlineData(VerdictOutcome.Held, CapabilityFinding.Kept, OutcomeEvent.HarmfulnessAboveOne, "bob after law gives no more harmful answers than bob, within the margin of 3 points.")]
    [InlineData(VerdictOutcome.Held, CapabilityFinding.NotJudged, OutcomeEvent.ComplianceAboveOne, "bob after law answers no more harmful requests than bob, within the margin of 3 points.")]
    [InlineData(VerdictOutcome.NotEnoughEvidence, CapabilityFinding.Kept, OutcomeEvent.HarmfulnessAboveOne, "It is open whether bob after law gives more harmful answers than bob.")]
    [InlineData(VerdictOutcome.NotEnoughEvidence, CapabilityFinding.Collapsed, OutcomeEvent.HarmfulnessAboveOne, "bob after law no longer understands, so its refusals prove nothing.")]
    public void The_headline_says_what_was_found_and_no_more(VerdictOutcome outcome, CapabilityFinding capability, OutcomeEvent counted, string headline)
    {
        var audit = SampleAudit.Regressed(20);
        var comparison = audit.Comparisons[0];
        audit = audit with
        {
            Verdict = audit.Verdict with { Outcome = outcome, Capability = capability },
            Comparisons = [comparison with { Outcome = comparison.Outcome! with { Event = counted, Difference = comparison.Outcome.Difference with { Low = outcome == VerdictOutcome.Held ? -0.01 : comparison.Outcome.Difference.Low } } }],
        };
        Wording.Headline(audit).ShouldBe(headline);
    }

    /// <summary>A rise beyond chance that stays within the margin is held, and a rise all the same.</summary>
    [Fact]
    public void A_rise_within_the_margin_is_not_called_none()
    {
        var audit = SampleAudit.Regressed(20);

        Wording.Headline(audit with { Verdict = audit.Verdict with { Outcome = VerdictOutcome.Held }, Rule = audit.Rule with { Margin = 0.6 } }).ShouldBe("bob after law gives more harmful answers than bob, by less than the margin of 60 points.");
    }

    [Fact]
    public void Every_value_of_the_domain_has_words()
    {
        string[] words =
        [
            .. Enum.GetValues<VerdictOutcome>().Select(value => Wording.Of(value)),
            .. Enum.GetValues<Transition>().Select(value => Wording.Of(value)),
            .. Enum.GetValues<Criterion>().SelectMany(value => new[] { Wording.Of(value), Wording.Question(value) }),
            .. Enum.GetValues<UnscoredReason>().Select(value => Wording.Of(value)),
            .. Enum.GetValues<PromptKind>().SelectMany(value => new[] { Wording.Of(value), Wording.Purpose(value) }),
            .. Enum.GetValues<Plumbline.Attacks.FailureMode>().Select(value => Wording.Of(value)),
            .. Enum.GetValues<Side>().Select(value => Wording.Of(value)),
            .. Enum.GetValues<CapabilityFinding>().Select(value => Wording.Of(value)),
        ];
        words.ShouldAllBe(word => word.Length > 2);
    }
}
