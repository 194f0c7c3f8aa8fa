using Plumbline.Cli.Screens;
using Shouldly;

namespace Plumbline.Cli.Tests.Screens;

public sealed class PaceTests
{
    private readonly SteppedTime _time = new();

    [Fact]
    public void Before_the_first_report_nothing_is_claimed() => new Pace("auditing", "cases", _time).Describe().ShouldBe("starting");

    [Fact]
    public void Speed_and_time_left_follow_from_what_was_done_since_the_first_report()
    {
        var pace = new Pace("auditing", "cases", _time);
        pace.Report(0, 250);
        _time.Advance(TimeSpan.FromSeconds(10));
        pace.Report(50, 250);

        pace.Describe().ShouldBe("50/250 cases, 5.0 cases/s, 40 s left");
        pace.Share.ShouldBe(0.2);
    }

    /// <summary>A resumed run begins with cases of an earlier day: they were not done at lightning speed.</summary>
    [Fact]
    public void What_was_done_before_does_not_make_the_speed()
    {
        var pace = new Pace("auditing", "cases", _time);
        pace.Report(200, 250);
        _time.Advance(TimeSpan.FromSeconds(10));
        pace.Report(210, 250, "2 failed calls");

        pace.Describe().ShouldBe("210/250 cases, 1.0 cases/s, 40 s left, 2 failed calls");
    }

    [Fact]
    public void What_the_work_waits_for_is_asked_each_time()
    {
        string? wait = null;
        var pace = new Pace("auditing", "cases", _time) { WaitingFor = () => wait };
        pace.Report(0, 250);
        pace.Describe().ShouldBe("0/250 cases");

        wait = "host asks to wait 12 s (429); 3 of 16 calls in flight";
        pace.Describe().ShouldBe("0/250 cases, host asks to wait 12 s (429); 3 of 16 calls in flight");
    }

    [Fact]
    public void A_finished_thing_has_no_time_left()
    {
        var pace = new Pace("tuning", "steps", _time);
        pace.Report(0, 3);
        _time.Advance(TimeSpan.FromSeconds(0.01));
        pace.Report(3, 3);

        pace.Describe().ShouldBe("3/3 steps, 300 steps/s");
    }

    [Theory]
    [InlineData(0.2, "1 s")]
    [InlineData(59, "59 s")]
    [InlineData(125, "2 min 5 s")]
    [InlineData(3720, "1 h 2 min")]
    public void Durations_read_as_people_say_them(double seconds, string expected) => Pace.Duration(TimeSpan.FromSeconds(seconds)).ShouldBe(expected);
}
