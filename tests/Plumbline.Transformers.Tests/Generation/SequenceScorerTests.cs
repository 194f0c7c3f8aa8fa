using Microsoft.Extensions.AI;
using Plumbline.Transformers.Generation;
using Plumbline.Transformers.Tests.Decoding;
using Shouldly;

namespace Plumbline.Transformers.Tests.Generation;

public sealed class SequenceScorerTests
{
    [Fact]
    public void ScoresAreTheReferencesLogSoftmax()
    {
        using var model = TinyChat.Create("qwen2");
        using var scorer = new SequenceScorer(model, threads: 2);
        var prompt = TinyModels.Tokens(model.Config, 60, seed: 1);
        var continuation = TinyModels.Tokens(model.Config, 25, seed: 2);
        var score = scorer.Score(prompt, continuation, TestContext.Current.CancellationToken);
        var logits = new ReferenceDecoder(model.Weights).Logits([.. prompt, .. continuation]);
        for (var i = 0; i < continuation.Length; i++)
        {
            var row = logits[prompt.Length - 1 + i];
            var expected = row[continuation[i]] - Math.Log(row.Sum(Math.Exp));
            score.LogProbabilities[i].ShouldBe(expected, 1e-3);
        }

        score.Sum.ShouldBe(score.LogProbabilities.Sum());
        score.Tokens.ShouldBe(continuation);
        score.Perplexity.ShouldBe(Math.Exp(-score.Sum / 25), 1e-9);
    }

    [Fact]
    public async Task WhatTheModelSaysGreedilyIsLikeliestThroughout()
    {
        using var model = TinyChat.Create(ends: false);
        using var scorer = new SequenceScorer(model, threads: 1);
        using var client = new ModelChatClient(model, new EngineOptions { Threads = 1 });
        ChatMessage[] chat = [new(ChatRole.User, "hi")];
        var answer = await client.GetResponseAsync(chat, new ChatOptions { MaxOutputTokens = 20 }, TestContext.Current.CancellationToken);
        var score = scorer.Score(chat, answer.Text, TestContext.Current.CancellationToken);
        score.GreedyMatches.ShouldBe(20);
        scorer.Score(chat, "#" + answer.Text[1..], TestContext.Current.CancellationToken).Sum.ShouldBeLessThan(score.Sum);
    }

    [Fact]
    public void ProbabilitiesOfAllNextTokensAddUpToOne()
    {
        using var model = TinyChat.Create();
        using var scorer = new SequenceScorer(model, threads: 1);
        Enumerable.Range(0, model.Config.VocabularySize)
            .Sum(token => Math.Exp(scorer.Score([5, 6, 7], [token], TestContext.Current.CancellationToken).Sum)).ShouldBe(1, 1e-5);
    }

    // One reading of the chat for all letters, to the bit what a reading for each gives; longer ones are read one by one.
    [Theory]
    [InlineData("hi")]
    [InlineData("a question that is long enough to be read in more than one chunk, with A and B and C and D to choose from, and some more")]
    public void SeveralContinuationsAreScoredAsOneByOne(string prompt)
    {
        using var model = TinyChat.Create();
        using var scorer = new SequenceScorer(model, threads: 2);
        ChatMessage[] chat = [new(ChatRole.User, prompt)];
        foreach (var continuations in new[] { new[] { "a", "b", "c" }, ["a", "ab"] })
        {
            var together = scorer.ScoreEach(chat, continuations, TestContext.Current.CancellationToken);
            var alone = continuations.Select(continuation => scorer.Score(chat, continuation, TestContext.Current.CancellationToken)).ToList();
            together.Select(score => score.Sum).ShouldBe(alone.Select(score => score.Sum));
            together.Select(score => score.GreedyMatches).ShouldBe(alone.Select(score => score.GreedyMatches));
        }
    }

    [Fact]
    public void NothingToScoreIsAnError()
    {
        using var model = TinyChat.Create();
        using var scorer = new SequenceScorer(model, threads: 1);
        Should.Throw<GenerationException>(() => scorer.Score([1], [])).Message.ShouldContain("nothing to score");
        Should.Throw<GenerationException>(() => scorer.Score(new int[200], new int[100])).IsTooLong.ShouldBeTrue();
    }
}
