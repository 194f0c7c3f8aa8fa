using Plumbline.Audits;
using Plumbline.Audits.Planning;
using Shouldly;

namespace Plumbline.Tests.Audits.Planning;

public sealed class EarlyStopForecastTests
{
    static readonly DecisionRule Rule = new();

    // Exactly, by counting all paths of discordant pairs: 32.9 cases for the article's effect (bench/run statistics simulates 33.0).
    [Fact]
    public void The_article_s_effect_is_seen_in_an_eighth_of_the_cases()
    {
        var forecast = EarlyStopForecast.Of(new PlannedDesign(250, 1), new AssumedChange(0.252, 0.0234), Rule);

        forecast.MeanCases.ShouldBe(32.9, 2);
        forecast.Regressed.ShouldBe(1);
        forecast.Share.ShouldBe(forecast.MeanCases / 250, 1e-12);
    }

    [Fact]
    public void An_unchanged_candidate_is_held_early_only_where_there_are_many_prompts()
    {
        EarlyStopForecast.Of(new PlannedDesign(1000, 1), new AssumedChange(0), Rule).Share.ShouldBeInRange(0.25, 0.45);
        var few = EarlyStopForecast.Of(new PlannedDesign(50, 5), new AssumedChange(0), Rule);
        few.Held.ShouldBe(0);
        few.Share.ShouldBeGreaterThan(0.97);
    }

    [Fact]
    public void The_same_arguments_give_the_same_forecast() =>
        EarlyStopForecast.Of(new PlannedDesign(50, 5), new AssumedChange(0.1), Rule).ShouldBe(EarlyStopForecast.Of(new PlannedDesign(50, 5), new AssumedChange(0.1), Rule));

    [Fact]
    public void Nonsense_is_refused() =>
        Should.Throw<ArgumentException>(() => EarlyStopForecast.Of(new PlannedDesign(0, 1), new AssumedChange(0), Rule));
}
