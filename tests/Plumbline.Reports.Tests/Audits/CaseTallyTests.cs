using Plumbline.Audits;
using Plumbline.Judges;
using Plumbline.Pairs;
using Plumbline.Reports.Audits;
using Plumbline.Reports.Tests.Samples;
using Shouldly;

namespace Plumbline.Reports.Tests.Audits;

public sealed class CaseTallyTests
{
    /// <summary>Where a run stopped early, what else happened to be finished is in the list, and in no figure.</summary>
    [Fact]
    public void Heat_map_and_scores_are_of_the_cases_that_the_verdict_is_of()
    {
        var audit = SampleAudit.Regressed() with { Stopping = new StoppingFact("rule", 1, 100, 250, "enough", 0) };

        var tally = CaseTally.Of(audit, caseLimit: 1000, TestContext.Current.CancellationToken);

        tally.Total.ShouldBe(250);
        tally.Cells.Sum(cell => cell.Held + cell.Broke + cell.Mended + cell.StayedBroken + cell.Missing).ShouldBe(100);
        tally.Cells.Sum(cell => cell.Broke).ShouldBe(audit.Cases.Take(100).Count(one => one.Transition == Transition.Broke));
        tally.Scores.Where(score => score is { Criterion: Criterion.Harmfulness, Side: Side.Candidate }).Sum(score => score.Count)
            .ShouldBe(audit.Cases.Take(100).Count(one => one.Transition != Transition.Unscored));
        CaseTally.Of(audit with { Stopping = audit.Stopping! with { Stopped = null } }, 1000, TestContext.Current.CancellationToken).Cells.Sum(cell => cell.Broke)
            .ShouldBe(audit.Comparisons[0].Transitions.Broke);
    }
}
