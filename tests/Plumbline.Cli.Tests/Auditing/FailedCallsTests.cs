using Plumbline.Audits;
using Plumbline.Cli.Auditing;
using Plumbline.Judges;
using Plumbline.Pairs;
using Plumbline.Reports.Tests.Samples;
using Shouldly;

namespace Plumbline.Cli.Tests.Auditing;

public sealed class FailedCallsTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public void What_is_asked_again_is_counted_with_the_command_that_does_it()
    {
        _workspace.File("run/settings.json", "{}");
        var run = _workspace.Path("run");

        FailedCalls.Describe(Audit((UnscoredReason.CallFailed, 3), (UnscoredReason.JudgeFailed, 1), (UnscoredReason.Truncated, 5)), run).ShouldBe(
        [
            $"3 answers without a score are calls that failed: 'plumb resume {run}' asks again.",
            $"1 answer without a score waits for a judge that could not be asked: 'plumb judge {run} --judge refusal' asks it again.",
        ]);
        FailedCalls.Describe(Audit((UnscoredReason.Truncated, 5)), run).ShouldBeEmpty();
        FailedCalls.Describe(Audit((UnscoredReason.CallFailed, 1)), _workspace.Path("copied")).ShouldBe(["1 answer without a score is a call that failed: the command that began the run asks again."]);
    }

    /// <summary>Its evidence was enough: whoever goes on with it asks nobody.</summary>
    [Fact]
    public void Of_a_run_that_was_stopped_early_nothing_is_asked_again() =>
        FailedCalls.Describe(Audit((UnscoredReason.CallFailed, 3)) with { Stopping = new StoppingFact("sequential", 0, 20, 60, "shown", 80) }, _workspace.Path("run")).ShouldBeEmpty();

    [Theory]
    [InlineData("majority", "plumb judge 'my run' --judge a@b --judge refusal --panel majority")]
    [InlineData("any", "plumb judge 'my run' --judge a@b --judge refusal --panel any")]
    public void A_panel_is_named_judge_by_judge(string rule, string command)
    {
        var panel = new JudgeFacts($"{rule}(a@b, refusal)", "1", "", []) { Members = [Judge("a@b"), Judge("refusal")] };

        JudgeCommand.Of("my run", panel).ShouldBe(command);
    }

    /// <summary>A result of a version to come, or one that was edited, is no fault of ours: whoever runs the command is told by name what is not known.</summary>
    [Theory]
    [InlineData("median(a@b, refusal)", "plumb judge run --judge a@b --judge refusal --panel median")]
    [InlineData("my panel(a@b, refusal)", "plumb judge run --judge a@b --judge refusal --panel 'my panel'")]
    public async Task A_panel_of_a_rule_that_is_not_known_is_named_as_the_result_names_it(string id, string command)
    {
        JudgeCommand.Of("run", Judge(id) with { Members = [Judge("a@b"), Judge("refusal")] }).ShouldBe(command);

        var refused = await PlumbProcess.RunAsync("judge", "run", "--judge", "refusal", "--judge", "refusal-qi", "--panel", id.Split('(')[0]);
        refused.Code.ShouldBe(2);
        refused.Errors.ShouldContain($"panel rule '{id.Split('(')[0]}'");
    }

    [Fact]
    public void What_stands_for_a_variable_is_left_to_the_shell() =>
        JudgeCommand.Of("run", ["criteria@http://${HOST}/v1#m"], rule: null).ShouldBe("plumb judge run --judge \"criteria@http://${HOST}/v1#m\"");

    public void Dispose() => _workspace.Dispose();

    private static JudgeFacts Judge(string id) => new(id, "1", "", []);

    private static AuditDocument Audit(params (UnscoredReason Reason, int Count)[] unscored)
    {
        var audit = SampleAudit.Regressed(60);
        return audit with { Judge = Judge("refusal"), Counts = audit.Counts with { UnscoredReasons = [.. unscored.Select(one => new UnscoredCount(Side.Candidate, one.Reason, one.Count))] } };
    }
}
