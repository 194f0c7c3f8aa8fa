using Plumbline.Audits;
using Plumbline.Cli.Auditing;
using Shouldly;

namespace Plumbline.Cli.Tests.Auditing;

public sealed class RunLeftTests
{
    [Fact]
    public void Before_the_first_case_it_says_what_was_done() =>
        RunLeft.Describe(last: null, "probing what the models can be asked, and preparing attacks", "runs/x")
            .ShouldBe("Stopped while probing what the models can be asked, and preparing attacks: no case was asked in this sitting.");

    [Fact]
    public void Later_it_counts() =>
        RunLeft.Describe(new AuditProgress(AuditStage.Answering, 1000, 400, 300, 2) { Answers = 702 }, before: null, "runs/x")
            .ShouldBe("702 of 2,000 answers are there and kept in 'runs/x', 1,298 are missing, and 2 are yet to be judged.");
}
