using System.Text.Json;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Tests.Decoding;
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
        AgreesOn($"tiny-{family}", model);
    }

    [Fact]
    public void GreedyTokensUnderLlama31sRopeScalingEqualLlamaCpps()
    {
        using var model = LlamaCppModel.Create(ModelFamily.Llama, scaling: LlamaCppModel.Stretched);
        AgreesOn("tiny-Llama-stretched", model);
    }

    [Fact]
    public void ByteLevelIdsEqualLlamaCpps()
    {
        using var model = LlamaCppModel.Create(ModelFamily.Llama);
        foreach (var line in Lines("byte-level"))
            model.Tokenizer.Encode(line.Text).ShouldBe(line.Ids, line.Text);
    }

    [Fact]
    public void ScoredIdsEqualLlamaCpps()
    {
        using var model = LanguageModel.Load(Fixture.Shared("weights_stories260k/stories260Ktok512.gguf"));
        foreach (var line in Lines("stories260K"))
        {
            model.Tokenizer.Encode(line.Text).ShouldBe(line.Ids, line.Text);
            model.Tokenizer.Encode(line.Text, addBoundary: true).ShouldBe([1, .. line.Ids], line.Text);
            model.Tokenizer.Decode(line.Ids).ShouldBe(line.Text);
        }
    }

    private static void AgreesOn(string name, LanguageModel model)
    {
        var reference = new ReferenceDecoder(model.Weights);
        foreach (var line in Lines(name))
        {
            model.Tokenizer.Encode(line.Text).ShouldBe(line.Prompt);
            var logits = reference.Logits([.. line.Prompt, .. line.Greedy]);
            for (var i = 0; i < line.Greedy.Length; i++)
            {
                // llama.cpp keeps keys and values in half precision: it may decide a near tie otherwise.
                var row = logits[line.Prompt.Length - 1 + i];
                (row.Max() - row[line.Greedy[i]]).ShouldBeLessThan(2e-3f * row.Max(Math.Abs), $"{line.Text}, token {i}");
            }
        }
    }

    private static Line[] Lines(string name) =>
        JsonSerializer.Deserialize<Line[]>(Fixture.Text($"llama-cpp/{name}.expected.json"), JsonSerializerOptions.Web)!;

    private sealed record Line(string Text, int[] Ids, int[] Prompt, int[] Greedy);
}
