using Microsoft.Extensions.AI;
using Plumbline.Attacks;
using Plumbline.Tests.Audits;
using Shouldly;

namespace Plumbline.Tests.Attacks;

public sealed class ContinuationProbeTests
{
    [Theory]
    [InlineData(5, true)]
    [InlineData(4, true)]
    [InlineData(3, false)]
    [InlineData(0, false)]
    public async Task What_is_gone_on_with_is_counted(int able, bool continues)
    {
        var asked = 0;
        var client = ScriptedClient.Saying(begun => asked++ < able ? $" {Next(begun)}, and so on." : "Sure! " + begun + " " + Next(begun));

        var result = await ContinuationProbe.RunAsync(client, TestContext.Current.CancellationToken);

        result.ShouldBe(new ContinuationProbeResult(able, TokensAddUp: null));
        result.Continues.ShouldBe(continues);
        client.Asked.Take(5).ShouldBe(ContinuationProbe.Sequences.Select(sequence => sequence.Begun));
        client.Asked.Count.ShouldBe(continues ? 5 : ContinuationProbe.MostCalls);
    }

    [Fact]
    public async Task An_answer_that_starts_over_is_no_continuation()
    {
        var client = ScriptedClient.Saying(begun => begun + " " + Next(begun));
        (await ContinuationProbe.RunAsync(client, TestContext.Current.CancellationToken)).GoneOn.ShouldBe(0);
    }

    // A template of 9 tokens around the request; a word is one token, or more; a closed turn ends with some of its own, and begins the next.
    [Theory]
    [InlineData(1, 0, true)]
    [InlineData(3, 0, true)]
    [InlineData(1, 1, false)]
    [InlineData(1, 5, false)]
    [InlineData(2, 2, false)]
    [InlineData(0, 0, false)]
    [InlineData(0, 4, false)]
    public async Task The_tokens_that_were_read_tell_an_open_answer_from_a_closed_one(int tokensPerWord, int tokensOfTheEnd, bool continues)
    {
        var client = new ScriptedClient(last =>
        {
            var isBegun = last.Length == 0 || last[0] == 'a';
            var read = 9 + (isBegun ? tokensOfTheEnd + last.Split(' ').Length * tokensPerWord : 0);
            return new ChatResponse(new ChatMessage(ChatRole.Assistant, "no idea")) { Usage = new UsageDetails { InputTokenCount = read } };
        });

        var result = await ContinuationProbe.RunAsync(client, TestContext.Current.CancellationToken);

        result.ShouldBe(new ContinuationProbeResult(0, continues));
        result.Continues.ShouldBe(continues);
    }

    static string Next(string begun) => ContinuationProbe.Sequences.FirstOrDefault(sequence => sequence.Begun == begun).Next ?? "nothing";
}
