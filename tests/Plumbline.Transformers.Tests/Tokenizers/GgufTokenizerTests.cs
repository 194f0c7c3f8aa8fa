using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Checkpoints.Gguf;
using Plumbline.Transformers.Tokenizers;
using Plumbline.Transformers.Tokenizers.Files;
using Plumbline.Transformers.Tokenizers.Gguf;
using Plumbline.Transformers.Tokenizers.Normalization;
using Shouldly;

namespace Plumbline.Transformers.Tests.Tokenizers;

/// <summary>Tokenizers from llama.cpp's own keys alone, as in files that we did not write.</summary>
public sealed class GgufTokenizerTests
{
    private static readonly string[] Corpus = JsonSerializer.Deserialize<string[]>(Fixture.Text("tokenizers/corpus.json"))!;

    [Fact]
    public void ScoresGiveLlamaCppsIds()
    {
        using var folder = new TemporaryFolder();
        var tokenizer = GgufTokenizer.Read(Metadata(folder, "own-llama-2-style"));
        foreach (var line in JsonNode.Parse(Fixture.Text("llama-cpp/scored.expected.json"))!["lines"]!.AsArray())
        {
            var text = line!["text"]!.GetValue<string>();
            tokenizer.Encode(text).ShouldBe(line["ids"].Deserialize<int[]>(), text);
            tokenizer.Decode([.. tokenizer.Encode(text)]).ShouldBe(text);
        }

        tokenizer.Encode("the wall", addBoundary: true)[0].ShouldBe(1);
        tokenizer.Encode("<s>", allowSpecial: true).ShouldBe([1]);
    }

    [Fact]
    public void MergesGiveTheOriginalsIds()
    {
        using var folder = new TemporaryFolder();
        var original = TokenizerFile.Read(Fixture.Path("tokenizers/own-byte-level.tokenizer.json"));
        var tokenizer = GgufTokenizer.Read(Metadata(folder, "own-byte-level"));

        // The splitting qwen2 stands for Qwen's tokenizer, which normalises to form C; ours does not.
        foreach (var text in Corpus.Select(new ComposedNormalizer().Normalize))
            tokenizer.Encode(text + "<|end|>", allowSpecial: true).ShouldBe(original.Encode(text + "<|end|>", allowSpecial: true), text);
    }

    [Fact]
    public void TemplateAndPartsAreRead()
    {
        using var folder = new TemporaryFolder();
        var metadata = Metadata(folder, "own-llama-2-style");

        GgufTokenizer.ReadConfig(metadata).ShouldBe(new TokenizerConfig { ChatTemplate = "{{ 1 }}", BeginToken = "<s>", EndToken = "</s>", UnknownToken = "<unk>" });
        GgufTokenizer.EndTokens(metadata).ShouldBe([2]);
        GgufTokenizer.BeginToken(metadata).ShouldBe(1);
    }

    [Theory]
    [InlineData("tokenizer.ggml.model", null, "has no tokenizer")]
    [InlineData("tokenizer.ggml.model", "bert", "the kind 'bert'")]
    [InlineData("tokenizer.ggml.pre", "jina", "the splitting 'jina'")]
    [InlineData("tokenizer.ggml.tokens", null, "tokenizer.ggml.tokens is missing")]
    [InlineData("tokenizer.ggml.merges", null, "tokenizer.ggml.merges is missing")]
    [InlineData("tokenizer.ggml.merges", "no pair here", "merge 0 is 'no pair here'")]
    [InlineData("tokenizer.ggml.token_type", "", "token types for")]
    public void WhatIsMissingOrUnknownIsNamed(string key, string? value, string named)
    {
        using var folder = new TemporaryFolder();
        var metadata = Metadata(folder, "own-byte-level", values =>
        {
            if (value is null)
                values.Remove(key);
            else
                values[key] = key.EndsWith("type", StringComparison.Ordinal) ? new[] { 1 } : key.EndsWith("merges", StringComparison.Ordinal) ? new[] { value } : value;
        });

        var error = Should.Throw<CheckpointException>(() => GgufTokenizer.Read(metadata));

        error.Message.ShouldContain(named);
        error.Message.ShouldContain(metadata.File);
    }

    [Fact]
    public void ASplittingThatLlamaCppHasNoNameForIsRefused()
    {
        var tokenizer = BpeTrainer.Train(["low low"], 260, [], pattern: @"\S+|\s+", TestContext.Current.CancellationToken);

        Should.Throw<CheckpointException>(() => GgufTokenizerWriter.Write(tokenizer, new TokenizerConfig(), end: null, begin: null, 260)).Message.ShouldContain("llama.cpp");
    }

    private static GgufMetadata Metadata(TemporaryFolder folder, string name, Action<Dictionary<string, object>>? change = null)
    {
        var tokenizer = TokenizerFile.Read(Fixture.Path($"tokenizers/{name}.tokenizer.json"));
        var all = GgufTokenizerWriter.Write(tokenizer, new TokenizerConfig { ChatTemplate = "{{ 1 }}" }, end: 2, begin: 1, tokenizer.VocabularySize);
        var values = new Dictionary<string, object>(all.Where(pair => pair.Key != "tokenizer.huggingface.json"));
        change?.Invoke(values);
        GgufWriter.Write(folder.File("t.gguf"), values, [], cancellationToken: TestContext.Current.CancellationToken);
        return GgufFile.Open(folder.File("t.gguf")).Metadata;
    }
}
