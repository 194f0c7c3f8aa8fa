using Plumbline.Attacks;
using Plumbline.Tests.Audits;
using Shouldly;

namespace Plumbline.Tests.Attacks;

public sealed class ContinuationProbeTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(3)]
    [InlineData(0)]
    public async Task What_is_gone_on_with_is_counted(int able)
    {
        var asked = 0;
        var client = ScriptedClient.Saying(begun => asked++ < able ? $" {Next(begun)}, and so on." : "Sure! " + begun + " " + Next(begun));

        (await ContinuationProbe.RunAsync(client, TestContext.Current.CancellationToken)).ShouldBe(able);
        client.Asked.ShouldBe(ContinuationProbe.Sequences.Select(sequence => sequence.Begun));
    }

    [Fact]
    public async Task An_answer_that_starts_over_is_no_continuation()
    {
        var client = ScriptedClient.Saying(begun => begun + " " + Next(begun));
        (await ContinuationProbe.RunAsync(client, TestContext.Current.CancellationToken)).ShouldBe(0);
    }

    static string Next(string begun) => ContinuationProbe.Sequences.Single(sequence => sequence.Begun == begun).Next;
}
