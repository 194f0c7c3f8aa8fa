using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Tokenizers.Files;
using Plumbline.Transformers.Tokenizers.Splitting;
using Shouldly;

namespace Plumbline.Transformers.Tests.Tokenizers;

public sealed class SplittingTests
{
    [Fact]
    public void EveryStepSplitsAsHuggingFaceDoes()
    {
        foreach (var variant in JsonNode.Parse(Fixture.Text("tokenizers/variants.json"))!.AsArray())
        {
            var definition = JsonNode.Parse(Fixture.Text($"tokenizers/{variant!["base"]}.tokenizer.json"))!;
            foreach (var (step, value) in variant["steps"]!.AsObject())
                definition[step] = value?.DeepClone();
            var tokenizer = TokenizerFile.Parse("variant", definition.ToJsonString());
            var copy = TokenizerFile.Parse("copy", System.Text.Encoding.UTF8.GetString(TokenizerFile.Bytes(tokenizer)));
            foreach (var example in variant["texts"]!.AsArray())
            {
                var text = example!["text"]!.GetValue<string>();
                var expected = example["ids"].Deserialize<int[]>();
                tokenizer.Encode(text, allowSpecial: true).ShouldBe(expected, $"{variant["steps"]}: {text}");
                copy.Encode(text, allowSpecial: true).ShouldBe(expected, $"written {variant["steps"]}: {text}");
            }
        }
    }

    // The examples of the Rust library's own documentation (tokenizers, SplitDelimiterBehavior).
    [Theory]
    [InlineData(SplitBehavior.Removed, "The|final|countdown")]
    [InlineData(SplitBehavior.Isolated, "The|-|final|-|-|countdown")]
    [InlineData(SplitBehavior.MergedWithPrevious, "The-|final-|-|countdown")]
    [InlineData(SplitBehavior.MergedWithNext, "The|-final|-|-countdown")]
    [InlineData(SplitBehavior.Contiguous, "The|-|final|--|countdown")]
    public void MatchesGoWhereTheBehaviorSays(SplitBehavior behavior, string expected)
    {
        Split(new PatternSplitter("-", literal: true, behavior), "The-final--countdown").ShouldBe(expected);
    }

    [Fact]
    public void InvertedTheStretchesBetweenAreTheMatches() =>
        Split(new PatternSplitter(@"\p{L}+", behavior: SplitBehavior.Removed, invert: true), "The 12 final, countdown").ShouldBe("The|final|countdown");

    [Theory]
    [InlineData("a++b", "(?>a+)b")]
    [InlineData(@"\p{N}?+x", @"(?>\p{N}?)x")]
    [InlineData(@"[^\]+]*+", @"(?>[^\]+]*)")]
    [InlineData("(?:x|(y))++z+", "(?>(?:x|(y))+)z+")]
    [InlineData(@" ?\p{L}+|\s+(?!\S)", @" ?\p{L}+|\s+(?!\S)")]
    public void PossessiveQuantifiersBecomeAtomicGroups(string pattern, string expected) => PatternDialect.Translate(pattern).ToString().ShouldBe(expected);

    [Theory]
    [InlineData("[[:alpha:]]+")]
    [InlineData("[a-z&&[^aeiou]]")]
    [InlineData(@"\p{Han}+")]
    [InlineData("(")]
    public void APatternThatDotNetCannotSayIsNamed(string pattern) =>
        Should.Throw<CheckpointException>(() => new PatternSplitter(pattern)).Message.ShouldContain(pattern);

    [Fact]
    public void EachCategorysStandInIsOfThatCategory()
    {
        UnicodeCategory[] none = [UnicodeCategory.OtherNotAssigned, UnicodeCategory.Control, UnicodeCategory.Surrogate,
            UnicodeCategory.SpaceSeparator, UnicodeCategory.LineSeparator, UnicodeCategory.ParagraphSeparator];

        // No character outside of the basic plane is of one of these, but for those that are not assigned.
        for (var code = 0x10000; code <= 0x10FFFF; code++)
            Array.IndexOf(none, CharUnicodeInfo.GetUnicodeCategory(code)).ShouldBeLessThan(1);
        foreach (var category in Enum.GetValues<UnicodeCategory>().Except(none))
            CharUnicodeInfo.GetUnicodeCategory(CodePointPattern.StandIn(category)).ShouldBe(category);
    }

    private static string Split(PatternSplitter splitter, string text)
    {
        var parts = new List<ReadOnlyMemory<char>>();
        splitter.Split(text.AsMemory(), first: true, parts);
        return string.Join('|', parts);
    }
}
