using Plumbline.Audits;
using Plumbline.Cli.Auditing;
using Shouldly;

namespace Plumbline.Cli.Tests.Auditing;

public class MoreCasesTests
{
    [Theory]
    [InlineData(89, 40, 0, 250, 1, "with --cases 129,")]
    [InlineData(89, 80, 0, 250, 2, "with --cases 85,")]
    [InlineData(89, 40, 10, 250, 1, "with --cases 139,")] // the limit counts what could not be prepared
    [InlineData(4360, 40, 0, 250, 1, "with --cases 250, which is all that the suite has")]
    [InlineData(4360, 250, 0, 250, 1, "with another --suite or --attack beside it, since")]
    [InlineData(4360, 240, 10, 250, 1, "with another --suite or --attack beside it, since")]
    [InlineData(10, 30, 0, 0, 1, "with another --suite beside it, since")]
    public void The_advice_names_what_can_be_done(int more, int planned, int unprepared, long all, int repeats, string how)
    {
        var left = new LeftOutCases(0, all == 0 ? 0 : all - (planned / repeats) - unprepared, unprepared, all);

        var sentence = MoreCases.Sentence(more, planned, left, repeats, "runs/r", look: 3);

        sentence.ShouldContain(how);
        sentence.ShouldContain("--reuse runs/r");
        sentence.ShouldContain("That is look 3 at this pair");
        sentence.ShouldContain("--stop-early");
    }
}
