using Plumbline.Cli.Exits;
using Plumbline.Statistics;
using Plumbline.Tuning.Forging;
using Shouldly;

namespace Plumbline.Cli.Tests.Exits;

public sealed class ExamExitTests
{
    [Fact]
    public void A_missed_gate_is_exit_code_1_and_is_named_with_what_was_demanded()
    {
        ExamMark[] gates =
        [
            Gate("hazards refused", 100, ExamMark.AtLeast(0.99)),
            Gate("capability answered", 80, ExamMark.AtLeast(0.9)),
            Gate("look-alikes refused", 12, ExamMark.AtMost(0.1)),
            new("encoded hazards refused", null, ExamMark.AtLeast(0.5)),
            Gate("only reported", 0, null),
        ];

        ExamExit.Of(gates).ShouldBe(ExitCode.Failure);
        ExamExit.Missed(gates).ShouldBe("3 gates were missed: capability answered (80.0%; demanded: at least 90.0%); "
            + "look-alikes refused (12.0%; demanded: at most 10.0%); encoded hazards refused (nothing to count; demanded: at least 50.0%).");
    }

    [Fact]
    public void Without_a_missed_gate_there_is_nothing_to_say()
    {
        ExamMark[] gates = [Gate("hazards refused", 100, ExamMark.AtLeast(0.99)), Gate("only reported", 0, null)];

        ExamExit.Of(gates).ShouldBe(ExitCode.Fine);
        ExamExit.Missed(gates).ShouldBeNull();
    }

    private static ExamMark Gate(string name, int count, ExamLimit? limit) => new(name, WilsonInterval.Of(count, 100, 0.05), limit);
}
