using Plumbline.Audits;
using Plumbline.Cli.Auditing;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Tests.Screens;
using Shouldly;

namespace Plumbline.Cli.Tests.Auditing;

public sealed class AuditPaceTests
{
    private readonly SteppedTime _time = new();

    /// <summary>A speed that nothing is done at any more, and the time that it leaves, would say that the run goes on.</summary>
    [Fact]
    public void Once_nothing_further_begins_it_says_why_and_what_is_waited_for()
    {
        var pace = new Pace("auditing", "answers", _time);
        var audit = new AuditPace(pace, whenAccepted: null);
        audit.Report(At(0));
        _time.Advance(TimeSpan.FromSeconds(10));
        audit.Report(At(50));
        pace.Describe().ShouldBe("50/120 answers, 5.0 answers/s, 14 s left");

        var until = _time.GetUtcNow() + TimeSpan.FromMinutes(2);
        audit.Report(At(50) with { Ending = new AuditEnding("the judge is given up", 12, until) });
        audit.Report(At(53) with { Ending = new AuditEnding("the judge is given up", 9, until) });
        // Reports come in any order.
        audit.Report(At(52) with { Ending = new AuditEnding("the judge is given up", 10, until) });
        _time.Advance(TimeSpan.FromSeconds(40));

        pace.Describe().ShouldBe("52/120 answers, the judge is given up: 9 answers under way are waited for, 1 min 20 s at most");
    }

    [Fact]
    public void At_a_budget_what_is_under_way_is_waited_for_without_limit()
    {
        var pace = new Pace("auditing", "answers", _time);
        var audit = new AuditPace(pace, whenAccepted: null);
        audit.Report(At(7) with { Ending = new AuditEnding("the budget is reached", 1, Until: null) });
        pace.Describe().ShouldBe("7/120 answers, the budget is reached: 1 answer under way is waited for");

        audit.Report(At(8) with { Ending = new AuditEnding("the budget is reached", 0, Until: null) });
        pace.Describe().ShouldBe("8/120 answers, the budget is reached");
    }

    [Fact]
    public void A_helper_that_is_given_up_before_the_first_case_is_told_in_the_place_of_what_was_done()
    {
        var pace = new Pace("auditing", "answers", _time);
        var audit = new AuditPace(pace, whenAccepted: null);
        var preparing = new AuditProgress(AuditStage.Probing, 0, 0, 0, 0);
        audit.Report(preparing);
        pace.Describe().ShouldBe("probing what the models can be asked, and preparing attacks");

        audit.Report(preparing with { Ending = new AuditEnding("the helper model cannot be asked", 3, _time.GetUtcNow() + TimeSpan.FromMinutes(2)) });

        pace.Describe().ShouldBe("the helper model cannot be asked: 3 answers under way are waited for, 2 min 0 s at most");
    }

    [Theory]
    [InlineData(0, 0, "7/120 answers")]
    [InlineData(3, 0, "7/120 answers, 3 taken over from earlier runs")]
    [InlineData(3, 2, "7/120 answers, 3 taken over from earlier runs, with 2 scores")]
    public void What_is_taken_over_is_told_where_something_is(int answers, int scores, string expected)
    {
        var pace = new Pace("auditing", "answers", _time);
        var audit = new AuditPace(pace, whenAccepted: null);
        audit.Report(new AuditProgress(AuditStage.TakenOver, 60, answers, 0, 0) { TakenScores = scores });
        audit.Report(At(7));

        pace.Describe().ShouldBe(expected);
    }

    [Fact]
    public void What_was_found_is_told_beside_the_progress()
    {
        var told = new List<string>();
        var pace = new Pace("auditing", "answers", _time) { Tell = told.Add };
        var audit = new AuditPace(pace, whenAccepted: null);

        audit.Report(At(7) with { Stage = AuditStage.Found });
        audit.Report(At(7));

        told.ShouldHaveSingleItem().ShouldStartWith("Going on: 7 of 120 answers are there");
        pace.Describe().ShouldBe("7/120 answers");
    }

    private static AuditProgress At(int done) => new(AuditStage.Answering, 60, done, 0, 0) { Answers = done };
}
