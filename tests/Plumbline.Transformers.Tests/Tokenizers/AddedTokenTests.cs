using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Transformers.Tokenizers;
using Plumbline.Transformers.Tokenizers.Files;
using Shouldly;

namespace Plumbline.Transformers.Tests.Tokenizers;

public sealed class AddedTokenTests
{
    [Fact]
    public void EveryKindIsFoundAsHuggingFaceFindsIt()
    {
        var fixture = JsonNode.Parse(Fixture.Text("tokenizers/added-tokens.json"))!;
        var definition = JsonNode.Parse(Fixture.Text("tokenizers/own-byte-level.tokenizer.json"))!;
        foreach (var token in fixture["added"]!.AsArray())
            definition["added_tokens"]!.AsArray().Add(token!.DeepClone());
        definition["normalizer"] = new JsonObject { ["type"] = "NFC" };
        var tokenizer = TokenizerFile.Parse("added", definition.ToJsonString());

        foreach (var example in fixture["cases"]!.AsArray())
        {
            var text = example!["text"]!.GetValue<string>();
            tokenizer.Encode(text, allowSpecial: true).ShouldBe(example["ids"].Deserialize<int[]>(), text);
        }
    }

    [Theory]
    [InlineData("word", "[word]")]
    [InlineData("a word, word", "a [word], [word]")]
    [InlineData("words sword word_ éword", "words sword word_ éword")]
    [InlineData("word words", "[word] words")]
    public void ASingleWordStandsAlone(string text, string expected)
    {
        var finder = new AddedTokenFinder([new AddedToken(1, "word") { SingleWord = true }]);
        var found = new StringBuilder();
        foreach (var (start, end, token) in finder.Divide(text.AsMemory()))
            found.Append(token is null ? text[start..end] : $"[{text[start..end]}]");

        found.ToString().ShouldBe(expected);
    }

    [Fact]
    public void OfSeveralTheLongestWins()
    {
        var finder = new AddedTokenFinder([new AddedToken(1, "<a>"), new AddedToken(2, "<a><b>"), new AddedToken(3, "<")]);

        finder.Divide("<a><b><a>< <".AsMemory()).Select(part => part.Token?.Id).ShouldBe([2, 1, 3, null, 3]);
    }
}
