using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Tokenizers;
using Plumbline.Transformers.Tokenizers.Files;
using Shouldly;

namespace Plumbline.Transformers.Tests.Tokenizers;

/// <summary>Committed tokenizers of our own, with the ids that Hugging Face's tokenizer gives (Fixtures/tokenizers/make-token-ids.mjs).</summary>
public sealed class OwnTokenizerTests
{
    private static readonly string[] Corpus = JsonSerializer.Deserialize<string[]>(Fixture.Text("tokenizers/corpus.json"))!;

    public static TheoryData<string> Names => ["own-byte-level", "own-llama-2-style", "own-mistral-style"];

    [Theory]
    [MemberData(nameof(Names))]
    public void IdsEqualHuggingFaces(string name)
    {
        var tokenizer = Read(name);
        var expected = JsonSerializer.Deserialize<int[][]>(Fixture.Text($"tokenizers/{name}.ids.json"))!;
        for (var i = 0; i < Corpus.Length; i++)
            tokenizer.Encode(Corpus[i], allowSpecial: true).ShouldBe(expected[i], Corpus[i]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AnyTextComesBack(string name)
    {
        var tokenizer = Read(name);
        var texts = name == "own-byte-level" ? Texts.Any.Generator : Texts.Any.Generator.Select(text => text.Replace('▁', '_'));
        Prop.ForAll(texts.ToArbitrary(), text => tokenizer.Decode([.. tokenizer.Encode(text)]) == Kept(name, text)).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TheBytesOfTheTokensAreTheText(string name)
    {
        var tokenizer = Read(name);
        foreach (var text in Corpus)
        {
            var bytes = tokenizer.Encode(text).SelectMany(id => tokenizer.Bytes(id).ToArray()).ToArray();
            var decoded = System.Text.Encoding.UTF8.GetString(bytes);
            (tokenizer.Definition.StripLeadingSpace && decoded.StartsWith(' ') ? decoded[1..] : decoded).ShouldBe(Kept(name, text));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NothingIsPutInFrontOfAContinuation(string name)
    {
        var tokenizer = Read(name);
        foreach (var text in Corpus)
        {
            var bytes = tokenizer.EncodeContinuation(text).SelectMany(id => tokenizer.Bytes(id).ToArray()).ToArray();
            System.Text.Encoding.UTF8.GetString(bytes).ShouldBe(text);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AWrittenTokenizerIsTheSame(string name)
    {
        var tokenizer = Read(name);
        var copy = TokenizerFile.Parse("copy", System.Text.Encoding.UTF8.GetString(TokenizerFile.Bytes(tokenizer)));
        foreach (var text in Corpus)
            copy.Encode(text, allowSpecial: true, addBoundary: true).ShouldBe(tokenizer.Encode(text, allowSpecial: true, addBoundary: true));
        TokenizerFile.Bytes(copy).ShouldBe(TokenizerFile.Bytes(tokenizer));
    }

    [Fact]
    public void TheByteLevelOneIsWhatTheTrainerMakesOfTheCorpus() =>
        TokenizerFile.Bytes(BpeTrainer.Train(Corpus, 480, ["<|end|>", "<|user|>", "<|assistant|>"], cancellationToken: TestContext.Current.CancellationToken))
            .ShouldBe(File.ReadAllBytes(Fixture.Path("tokenizers/own-byte-level.tokenizer.json")));

    [Fact]
    public void TheBeginTokenIsAddedWhereAskedFor()
    {
        var tokenizer = Read("own-llama-2-style");

        tokenizer.Encode("the wall", addBoundary: true)[0].ShouldBe(1);
        tokenizer.Encode("the wall")[0].ShouldNotBe(1);
    }

    [Theory]
    [InlineData("\"BPE\"", "\"Unigram\"", "Unigram")]
    [InlineData("\"Split\"", "\"BertPreTokenizer\"", "BertPreTokenizer")]
    [InlineData("\"normalizer\": null", "\"normalizer\": {\"type\": \"Lowercase\"}", "Lowercase")]
    [InlineData("\"post_processor\": null", "\"post_processor\": {\"type\": \"RobertaProcessing\"}", "RobertaProcessing")]
    [InlineData("\"decoder\": {", "\"decoder\": {\"type\": \"CTC\"}, \"_\": {", "CTC")]
    [InlineData("\"continuing_subword_prefix\": null", "\"continuing_subword_prefix\": \"##\"", "continuing_subword_prefix")]
    [InlineData("\"Regex\": \"", "\"Regex\": \"[[:alpha:]]|", "POSIX")]
    [InlineData("\"Regex\": \"", "\"Regex\": \"(", "not supported")]
    [InlineData("\"!\": 33", "\"!\": -33", "vocab")]
    [InlineData("\"!\": 33", "\"!\": 2147483647", "vocab.! is 2147483647")]
    [InlineData("\"!\": 33", "\"!\": \"x\"", "vocab.!")]
    [InlineData("\"merges\": [", "\"merges\": [[\"zz\", \"qq\"],", "zz")]
    [InlineData("\"merges\": [", "\"merges\": [7,", "merge 0 is 7")]
    [InlineData("{", "[", "JSON")]
    public void WhatTheEngineDoesNotKnowIsNamed(string from, string to, string named)
    {
        var json = Fixture.Text("tokenizers/own-byte-level.tokenizer.json");
        json.ShouldContain(from);
        var broken = json.Remove(json.IndexOf(from, StringComparison.Ordinal), from.Length).Insert(json.IndexOf(from, StringComparison.Ordinal), to);

        var error = Should.Throw<CheckpointException>(() => TokenizerFile.Parse("broken.json", broken));

        error.Message.ShouldContain(named);
        error.Message.ShouldContain(error.Message.Contains("splitting pattern", StringComparison.Ordinal) ? "pattern" : "broken.json");
    }

    [Fact]
    public void DamageAnywhereIsAnErrorOrATokenizer()
    {
        var bytes = File.ReadAllBytes(Fixture.Path("tokenizers/own-llama-2-style.tokenizer.json"));
        Prop.ForAll(Gen.Choose(0, bytes.Length - 1).Zip(Gen.Choose(0, 127)).ToArbitrary(), hit =>
        {
            byte[] copy = [.. bytes];
            copy[hit.Item1] = (byte)hit.Item2;
            try
            {
                TokenizerFile.Parse("damaged.json", System.Text.Encoding.UTF8.GetString(copy)).Encode("the wall");
            }
            catch (CheckpointException error)
            {
                error.Message.ShouldNotBeEmpty();
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    // Mistral's Metaspace adds no space where there is one already, and decoding takes it away all the same: so do the makers' own tools.
    private static string Kept(string name, string text) => name == "own-mistral-style" && text.StartsWith(' ') ? text[1..] : text;

    private static BpeTokenizer Read(string name) => TokenizerFile.Read(Fixture.Path($"tokenizers/{name}.tokenizer.json"));
}
