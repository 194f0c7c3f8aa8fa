using Plumbline.Audits;
using Plumbline.Runs;
using Shouldly;

namespace Plumbline.Tests.Audits;

public class RuleWordsTests
{
    static readonly DecisionRule Usual = new();

    [Fact]
    public void A_changed_rule_is_told_part_by_part_as_a_user_names_it()
    {
        var now = new DecisionRule(Margin: 0.25, UnderstandingMargin: 1, Alpha: 0.01, UnscoredCap: 0.07, Resamples: 500, Seed: 7).Stated();

        RuleWords.Changes(Usual.Stated(), now).ShouldBe(
        [
            "the margin was 3 points and is 25 points",
            "the margin of understanding was 0.4 of 4 and is 1 of 4",
            "the error rate was 5% and is 1%",
            "the cap on unscored cases was 2% and is 7%",
            "the number of bootstrap resamples was 2000 and is 500",
            "the seed of the bootstrap was 20240528 and is 7",
        ]);
        RuleWords.Changes(Usual.Stated(), Usual.Stated() with { Stopping = "sequential" }).ShouldBeEmpty("a stopping rule is told by itself");
    }

    [Theory]
    [InlineData(0.01, "1 point")]
    [InlineData(0.035, "3.5 points")]
    [InlineData(0.07, "7 points")]
    [InlineData(0.0001, "0.01 points")]
    public void A_margin_is_told_in_points(double margin, string words) =>
        RuleWords.Changes(new StatedRule(), new StatedRule { Margin = margin }).ShouldHaveSingleItem().ShouldBe($"the margin was not stated and is {words}");

    [Fact]
    public void Two_rules_are_told_by_what_differs()
    {
        RuleWords.Apart(Usual, Usual with { Margin = 0.1, Alpha = 0.01 }).ShouldBe(("margin 3 points, error rate 5%", "margin 10 points, error rate 1%"));
        RuleWords.Apart(Usual, Usual).ShouldBeNull();
    }
}
