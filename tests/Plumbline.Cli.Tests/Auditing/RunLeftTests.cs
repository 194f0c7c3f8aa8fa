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

    [Theory]
    [InlineData(false, "The journal ends in a whole line.")]
    [InlineData(true, "The journal ended in a torn line, which is cut off: nobody had counted it.")]
    public void What_is_gone_on_with_is_told_with_how_its_journal_ended(bool wasTorn, string end) =>
        RunLeft.DescribeFound(new AuditProgress(AuditStage.Found, 1000, 400, 300, 0) { Answers = 702, JournalWasTorn = wasTorn })
            .ShouldBe($"Going on: 702 of 2,000 answers are there, 700 of them judged. {end}");
}
