using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Plumbline.Transformers.Generation;
using Plumbline.Transformers.Models;
using Shouldly;

namespace Plumbline.Transformers.Tests.Generation;

/// <summary>Greedy answers of a real model against llama.cpp's: see Fixtures/stories260k/make-greedy-tokens.mjs.</summary>
public sealed class LlamaCppAgreementTests
{
    [Fact]
    public async Task GreedyTokensOfStories260KAreTheSame()
    {
        using var model = LanguageModel.Load(Fixture.Shared("weights_stories260k/stories260Ktok512.gguf"));
        using var client = new ModelChatClient(model, new EngineOptions { Threads = 2 });
        using var scorer = new SequenceScorer(model, threads: 1);
        using var fixture = JsonDocument.Parse(Fixture.Text("stories260k/greedy.json"));
        foreach (var story in fixture.RootElement.GetProperty("cases").EnumerateArray())
        {
            var prompt = story.GetProperty("prompt").GetString()!;
            var read = story.GetProperty("read").Deserialize<int[]>()!;
            var drawn = story.GetProperty("drawn").Deserialize<int[]>()!;
            new PromptBuilder(model).Plain(prompt).Tokens.ShouldBe(read, prompt);
            scorer.Score(read, drawn, TestContext.Current.CancellationToken).GreedyMatches.ShouldBe(drawn.Length, prompt);
            var told = await client.CompleteAsync(
                prompt, new ChatOptions { Temperature = 0, MaxOutputTokens = drawn.Length }, TestContext.Current.CancellationToken);
            told.Text.ShouldBe(Encoding.UTF8.GetString([.. drawn.SelectMany(token => model.Tokenizer.Bytes(token).ToArray())]), prompt);
        }
    }
}
