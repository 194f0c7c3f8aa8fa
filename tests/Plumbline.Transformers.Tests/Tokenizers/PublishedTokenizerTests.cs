using System.Text.Json;
using Plumbline.Transformers.Tokenizers.Files;
using Shouldly;

namespace Plumbline.Transformers.Tests.Tokenizers;

/// <summary>Ids equal to Hugging Face's own tokenizer's (npm @huggingface/tokenizers) on a corpus in many scripts.</summary>
public sealed class PublishedTokenizerTests
{
    [Theory]
    [InlineData("gpt2")]
    [InlineData("llama3_2")]
    [InlineData("qwen3")]
    public void IdsEqualHuggingFaces(string name)
    {
        var tokenizer = TokenizerFile.Read(Fixture.Shared($"tokenizers/{name}.tokenizer.json"));
        var texts = JsonSerializer.Deserialize<string[]>(Fixture.Text("tokenizers/corpus.json"))!;
        var expected = JsonSerializer.Deserialize<int[][]>(Fixture.Text($"tokenizers/{name}.ids.json"))!;

        for (var i = 0; i < texts.Length; i++)
            tokenizer.Encode(texts[i], allowSpecial: true).ShouldBe(expected[i], texts[i]);
    }

    [Theory]
    [InlineData("gpt2")]
    [InlineData("llama3_2")]
    [InlineData("qwen3")]
    public void EveryTextComesBack(string name)
    {
        var tokenizer = TokenizerFile.Read(Fixture.Shared($"tokenizers/{name}.tokenizer.json"));
        foreach (var text in JsonSerializer.Deserialize<string[]>(Fixture.Text("tokenizers/corpus.json"))!)
        {
            var expected = name == "qwen3" ? new Transformers.Tokenizers.Normalization.ComposedNormalizer().Normalize(text) : text;
            tokenizer.Decode([.. tokenizer.Encode(text)]).ShouldBe(expected);
            tokenizer.Decode([.. tokenizer.Encode(text, allowSpecial: true)], skipSpecial: false).ShouldBe(expected);
        }
    }

    [Theory]
    [InlineData("gpt2")]
    [InlineData("qwen3")]
    public void AWrittenTokenizerGivesTheSameIds(string name)
    {
        using var folder = new TemporaryFolder();
        var original = TokenizerFile.Read(Fixture.Shared($"tokenizers/{name}.tokenizer.json"));
        TokenizerFile.Write(folder.File("tokenizer.json"), original);
        var copy = TokenizerFile.ReadFolder(folder.Path);

        foreach (var text in JsonSerializer.Deserialize<string[]>(Fixture.Text("tokenizers/corpus.json"))!)
            copy.Encode(text, allowSpecial: true, addBoundary: true).ShouldBe(original.Encode(text, allowSpecial: true, addBoundary: true));
        TokenizerFile.Bytes(copy).AsSpan().SequenceEqual(TokenizerFile.Bytes(original)).ShouldBeTrue();
    }
}
