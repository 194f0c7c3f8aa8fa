using Plumbline.Cli.Auditing;
using Shouldly;

namespace Plumbline.Cli.Tests.Auditing;

public class MoreCasesTests
{
    [Theory]
    [InlineData(89, 40, 250, 1, "with --cases 129,")]
    [InlineData(89, 80, 250, 2, "with --cases 85,")]
    [InlineData(4360, 40, 250, 1, "with --cases 250, which is all that the suite has")]
    [InlineData(4360, 250, 250, 1, "with another --suite or --attack beside it, since")]
    [InlineData(10, 30, 0, 1, "with another --suite beside it, since")]
    public void The_advice_names_what_can_be_done(int more, int planned, long all, int repeats, string how)
    {
        var sentence = MoreCases.Sentence(more, planned, all, repeats, "runs/r", look: 3);

        sentence.ShouldContain(how);
        sentence.ShouldContain("--reuse runs/r");
        sentence.ShouldContain("That is look 3 at this pair");
        sentence.ShouldContain("--stop-early");
    }
}
