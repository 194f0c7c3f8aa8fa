using Plumbline.Attacks;
using Plumbline.Attacks.Encodings;
using Plumbline.Tests.Audits;
using Shouldly;

namespace Plumbline.Tests.Attacks;

public sealed class DecodeProbeTests
{
    static readonly ITextEncoding Rot13 = ((IEncodingAttack)AttackCatalog.Named("rot13")).Encoding;

    [Theory]
    [InlineData(20, 16, 16, true)]
    [InlineData(16, 16, 16, true)]
    [InlineData(15, 15, 20, false)]
    [InlineData(0, 0, 5, false)]
    public async Task It_keeps_an_encoding_that_is_decoded_in_four_of_five_and_stops_when_that_is_settled(int able, int decoded, int asked, bool kept)
    {
        var calls = 0;
        var client = ScriptedClient.Saying(question => calls++ < able ? "\"" + Rot13.Encode(question.Split('\n')[1]).ToUpperInvariant() + ".\"" : "I cannot read this.");

        var result = await DecodeProbe.RunAsync(client, Rot13, TestContext.Current.CancellationToken);

        result.ShouldBe(new DecodeProbeResult(decoded, asked, 16, kept));
        client.Options.ShouldAllBe(options => options!.Temperature == 0);
    }

    [Fact]
    public async Task A_model_that_repeats_the_question_decodes_nothing()
    {
        foreach (var encoding in AttackCatalog.All.OfType<IEncodingAttack>().Select(attack => attack.Encoding))
            (await DecodeProbe.RunAsync(ScriptedClient.Saying(question => question), encoding, TestContext.Current.CancellationToken)).Kept.ShouldBeFalse();
    }
}
