using System.Security.Cryptography;
using System.Text.Json;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Generation;
using Plumbline.Transformers.Models;
using Shouldly;

namespace Plumbline.Transformers.Tests.Models;

/// <summary>What llama.cpp makes of GGUF files that we wrote is what we make of the same models (Fixtures/llama-cpp/README.md).</summary>
public sealed class LlamaCppExchangeTests
{
    [Theory]
    [InlineData(ModelFamily.Llama)]
    [InlineData(ModelFamily.Mistral)]
    [InlineData(ModelFamily.Qwen2)]
    [InlineData(ModelFamily.Qwen3)]
    public void GreedyTokensOfEachFamilyEqualLlamaCpps(ModelFamily family)
    {
        using var model = LlamaCppModel.Create(family, tied: family == ModelFamily.Qwen2);
        AgreesOn(Read($"tiny-{family}"), model);
    }

    [Fact]
    public void GreedyTokensUnderLlama31sRopeScalingEqualLlamaCpps()
    {
        using var model = LlamaCppModel.Create(ModelFamily.Llama, scaling: LlamaCppModel.Stretched);
        AgreesOn(Read("tiny-Llama-stretched"), model);
    }

    [Fact]
    public void GreedyAnswersOfBobEqualLlamaCpps()
    {
        var expected = Read("bob");
        var folder = Fixture.Repository("models/bob");
        var forged = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, "model.safetensors"))));
        Assert.SkipUnless(forged == expected.Of, "Bob was forged anew since llama.cpp answered for him: make Fixtures/llama-cpp/bob.expected.json anew, as its README says.");
        using var model = LanguageModel.Load(folder);

        AgreesOn(expected, model);
    }

    [Fact]
    public void ByteLevelIdsEqualLlamaCpps()
    {
        using var model = LlamaCppModel.Create(ModelFamily.Llama);
        foreach (var line in Read("byte-level").Lines)
            model.Tokenizer.Encode(line.Text).ShouldBe(line.Ids, line.Text);
    }

    [Fact]
    public void ScoredIdsEqualLlamaCpps()
    {
        using var model = LanguageModel.Load(Fixture.Shared("weights_stories260k/stories260Ktok512.gguf"));
        foreach (var line in Read("stories260K").Lines)
        {
            model.Tokenizer.Encode(line.Text).ShouldBe(line.Ids, line.Text);
            model.Tokenizer.Encode(line.Text, addBoundary: true).ShouldBe([1, .. line.Ids], line.Text);
            model.Tokenizer.Decode(line.Ids).ShouldBe(line.Text);
        }
    }

    private static void AgreesOn(Expected expected, LanguageModel model)
    {
        using var scorer = new SequenceScorer(model, threads: 1);
        foreach (var line in expected.Lines)
        {
            model.Tokenizer.Encode(line.Text, allowSpecial: true).ShouldBe(line.Ids, line.Text);
            scorer.Score(line.Prompt, line.Greedy, TestContext.Current.CancellationToken).GreedyMatches.ShouldBe(line.Greedy.Length, line.Text);
        }
    }

    private static Expected Read(string name) =>
        JsonSerializer.Deserialize<Expected>(Fixture.Text($"llama-cpp/{name}.expected.json"), new JsonSerializerOptions(JsonSerializerDefaults.Web))!;

    private sealed record Expected(string? Of, Line[] Lines);

    private sealed record Line(string Text, int[] Ids, int[] Prompt, int[] Greedy);
}
