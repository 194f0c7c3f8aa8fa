using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Plumbline.Transformers.Generation;
using Shouldly;

namespace Plumbline.Transformers.Tests.Generation;

public sealed class AnswerTextTests
{
    [Fact]
    public void WholeCharactersOnly()
    {
        var text = new AnswerText([]);
        var bytes = Encoding.UTF8.GetBytes("é😀");
        text.Append(bytes.AsSpan(0, 1)).ShouldBe("");
        text.Append(bytes.AsSpan(1, 1)).ShouldBe("é");
        text.Append(bytes.AsSpan(2, 3)).ShouldBe("");
        text.Append(bytes.AsSpan(5, 1)).ShouldBe("😀");
        text.Finish().ShouldBe("");
    }

    [Fact]
    public void AnIncompleteCharacterAtTheEndBecomesTheReplacementCharacter()
    {
        var text = new AnswerText([]);
        text.Append([(byte)'a', 0xF0, 0x9F]).ShouldBe("a");
        text.Finish().ShouldBe("\uFFFD");
    }

    [Fact]
    public void ABeginningOfAStopIsHeldBackUntilItIsNone()
    {
        var text = new AnswerText(["END"]);
        text.Append("one E"u8).ShouldBe("one ");
        text.Append("N"u8).ShouldBe("");
        text.Append("ough"u8).ShouldBe("ENough");
        text.Append(" E"u8).ShouldBe(" ");
        text.Finish().ShouldBe("E");
        text.IsStopped.ShouldBeFalse();
    }

    [Fact]
    public void AStopAcrossTokensEndsTheAnswerBeforeIt()
    {
        var text = new AnswerText(["\n\nUser:"]);
        text.Append("fine.\n"u8).ShouldBe("fine.");
        text.Append("\nUs"u8).ShouldBe("");
        text.Append("er: more"u8).ShouldBe("");
        text.IsStopped.ShouldBeTrue();
        text.Append("more"u8).ShouldBe("");
        text.Finish().ShouldBe("");
    }

    [Fact]
    public void TheFirstOfSeveralStopsCounts()
    {
        var text = new AnswerText(["late", "er"]);
        text.Append("never late"u8).ShouldBe("nev");
    }

    [Fact]
    public void HoweverTheBytesAreCutTheTextIsTheSame()
    {
        var letters = Gen.Elements("a", "b", "ab", "é", "😀", "ba", "aab");
        var texts = letters.ArrayOf().Select(string.Concat);
        Prop.ForAll(
            texts.ToArbitrary(), Gen.Elements("aab", "ba", "é😀", "bb").ArrayOf().ToArbitrary(), Gen.Choose(1, 4).ToArbitrary(),
            (whole, stops, piece) =>
            {
                var first = stops.Select(stop => whole.IndexOf(stop, StringComparison.Ordinal)).Where(index => index >= 0).DefaultIfEmpty(-1).Min();
                var shown = new AnswerText(stops);
                var pieces = Encoding.UTF8.GetBytes(whole).Chunk(piece).Select(bytes => shown.Append(bytes)).ToList();
                var result = string.Concat(pieces) + shown.Finish();
                return result == (first < 0 ? whole : whole[..first]) && shown.IsStopped == (first >= 0);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }
}
