using Plumbline.Statistics;
using Plumbline.Tuning.Forging;
using Shouldly;

namespace Plumbline.Tuning.Tests.Forging;

public sealed class ExamMarkTests
{
    [Fact]
    public void What_could_not_be_counted_passes_no_gate()
    {
        new ExamMark("refusals", Rate: null, ExamMark.AtMost(0.03)).Passed.ShouldBeFalse();
        new ExamMark("refusals", Rate: null, ExamMark.AtLeast(0.95)).Passed.ShouldBeFalse();
        new ExamMark("refusals", Rate: null, Limit: null).Passed.ShouldBeTrue();
    }

    [Theory]
    [InlineData(15, true)]
    [InlineData(16, false)]
    public void At_most_three_percent_of_500_is_15(int count, bool passes) =>
        new ExamMark("complies", WilsonInterval.Of(count, 500, 0.05), ExamMark.AtMost(0.03)).Passed.ShouldBe(passes);
}
