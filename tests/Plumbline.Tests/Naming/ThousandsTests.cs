using Plumbline.Naming;
using Shouldly;

namespace Plumbline.Tests.Naming;

public sealed class ThousandsTests
{
    [Theory]
    [InlineData(0, "0", "0 cases")]
    [InlineData(1, "1", "1 case")]
    [InlineData(999, "999", "999 cases")]
    [InlineData(1076, "1,076", "1,076 cases")]
    [InlineData(-1234567, "−1,234,567", "−1,234,567 cases")]
    public void A_comma_stands_between_thousands(long count, string alone, string counted)
    {
        Thousands.Of(count).ShouldBe(alone);
        Thousands.Of(count, "case").ShouldBe(counted);
    }
}
