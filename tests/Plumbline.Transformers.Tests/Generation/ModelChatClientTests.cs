using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Generation;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Tests.Decoding;
using Shouldly;

namespace Plumbline.Transformers.Tests.Generation;

public sealed class ModelChatClientTests
{
    private static readonly EngineOptions Options = new() { Threads = 2, MaxOutputTokens = 24 };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(TinyModels.Names), MemberType = typeof(TinyModels))]
    public async Task GreedyAnswersEqualASlowReference(string wiring)
    {
        using var model = TinyChat.Create(wiring, ends: false);
        using var client = new ModelChatClient(model, Options);
        var answer = await client.GetResponseAsync([new(ChatRole.User, "What is it?")], new ChatOptions { MaxOutputTokens = 6 }, Cancelled);
        answer.Text.ShouldBe(Greedy(model, "<|im_start|>user\nWhat is it?<|im_end|>\n<|im_start|>assistant\n", 6));
        answer.FinishReason.ShouldBe(ChatFinishReason.Length);
    }

    [Fact]
    public async Task AnAnswerSaysHowItCameAbout()
    {
        using var model = TinyChat.Create(ends: false);
        var time = new StoppedClock();
        using var client = new ModelChatClient(model, Options, time);
        var answer = await client.GetResponseAsync("hi", new ChatOptions { MaxOutputTokens = 5 }, Cancelled);
        answer.ModelId.ShouldBe("tiny");
        answer.CreatedAt.ShouldBe(time.GetUtcNow());
        answer.Usage!.OutputTokenCount.ShouldBe(5);
        answer.Usage.InputTokenCount.ShouldBe(model.EncodeChat([new("user", "hi")], addGenerationPrompt: true).Length);
        answer.Usage.TotalTokenCount.ShouldBe(answer.Usage.InputTokenCount + 5);
        client.GetService<ChatClientMetadata>()!.DefaultModelId.ShouldBe("tiny");
        client.GetService<LanguageModel>().ShouldBe(model);
        client.GetService<IChatClient>().ShouldBe(client);
        client.GetService<string>().ShouldBeNull();
    }

    [Fact]
    public async Task StreamedPiecesAreTheWholeAnswer()
    {
        using var model = TinyChat.Create();
        using var client = new ModelChatClient(model, Options);
        var options = new ChatOptions { Temperature = 1.2f, Seed = 4 };
        var whole = await client.GetResponseAsync("hi", options, Cancelled);
        var updates = await client.GetStreamingResponseAsync("hi", options, Cancelled).ToListAsync(Cancelled);
        string.Concat(updates.Select(update => update.Text)).ShouldBe(whole.Text);
        updates.Count.ShouldBeGreaterThan(3);
        updates[^1].FinishReason.ShouldBe(whole.FinishReason);
        updates[^1].Contents.OfType<UsageContent>().Single().Details.OutputTokenCount.ShouldBe(whole.Usage!.OutputTokenCount);
        updates.Select(update => update.ResponseId).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task AnEndTokenEndsTheAnswerAndIsNotShown()
    {
        using var model = TinyChat.Create();
        using var client = new ModelChatClient(model, Options with { MaxOutputTokens = 200 });
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(seed =>
            client.GetResponseAsync("go", new ChatOptions { Temperature = 1.5f, Seed = seed }, Cancelled)));
        var ended = answers.Where(answer => answer.FinishReason == ChatFinishReason.Stop).ToList();
        ended.ShouldNotBeEmpty();
        ended.ShouldAllBe(answer => !answer.Text.Contains("<|im_end|>"));
        ended.ShouldAllBe(answer => answer.Usage!.OutputTokenCount >= answer.Text.Length + 1, "the end token counts");
    }

    [Fact]
    public async Task AStopSequenceCutsTheAnswer()
    {
        using var model = TinyChat.Create(ends: false);
        using var client = new ModelChatClient(model, Options);
        var options = new ChatOptions { Temperature = 1f, Seed = 8 };
        var whole = (await client.GetResponseAsync("hi", options, Cancelled)).Text;
        options.StopSequences = [whole[7..10], "never said"];
        var first = whole.IndexOf(whole[7..10], StringComparison.Ordinal);
        var cut = await client.GetResponseAsync("hi", options, Cancelled);
        cut.Text.ShouldBe(whole[..first]);
        cut.FinishReason.ShouldBe(ChatFinishReason.Stop);
        cut.Usage!.OutputTokenCount.ShouldBe(first + 3);
        var streamed = await client.GetStreamingResponseAsync("hi", options, Cancelled).ToListAsync(Cancelled);
        string.Concat(streamed.Select(update => update.Text)).ShouldBe(cut.Text);
    }

    [Fact]
    public async Task AnAssistantsLastMessageIsContinued()
    {
        using var model = TinyChat.Create(ends: false);
        using var client = new ModelChatClient(model, Options);
        var continued = await client.GetResponseAsync(
            [new(ChatRole.User, "hi"), new(ChatRole.Assistant, "Sure, ")], new ChatOptions { MaxOutputTokens = 6 }, Cancelled);
        continued.Text.ShouldBe(Greedy(model, "<|im_start|>user\nhi<|im_end|>\n<|im_start|>assistant\nSure, ", 6));
    }

    [Fact]
    public async Task InstructionsComeFirstAsTheSystemsMessage()
    {
        using var model = TinyChat.Create(ends: false);
        using var client = new ModelChatClient(model, Options);
        var told = await client.GetResponseAsync("hi", new ChatOptions { Instructions = "be brief" }, Cancelled);
        var sent = await client.GetResponseAsync([new(ChatRole.System, "be brief"), new(ChatRole.User, "hi")], cancellationToken: Cancelled);
        told.Text.ShouldBe(sent.Text);
    }

    [Fact]
    public async Task PlainTextIsContinuedWithoutATemplate()
    {
        using var model = TinyChat.Create(ends: false, template: null);
        using var client = new ModelChatClient(model, Options);
        (await client.CompleteAsync("Once upon", new ChatOptions { MaxOutputTokens = 8 }, Cancelled)).Text.ShouldBe(Greedy(model, "Once upon", 8));
        var pieces = await client.CompleteStreamingAsync("Once upon", new ChatOptions { MaxOutputTokens = 8 }, Cancelled).ToListAsync(Cancelled);
        string.Concat(pieces.Select(piece => piece.Text)).ShouldBe(Greedy(model, "Once upon", 8));
        await Should.ThrowAsync<CheckpointException>(() => client.GetResponseAsync("hi", cancellationToken: Cancelled));
    }

    [Fact]
    public async Task TheModelsOwnSamplingHoldsWhereTheRequestSaysNothing()
    {
        using var sampling = TinyChat.Create(defaults: new GenerationDefaults { Sample = true, Temperature = 1.4f, TopK = 40, MaxNewTokens = 17 }, ends: false);
        using var client = new ModelChatClient(sampling, Options);
        var implied = await client.GetResponseAsync("hi", new ChatOptions { Seed = 3 }, Cancelled);
        var stated = await client.GetResponseAsync("hi", new ChatOptions { Seed = 3, Temperature = 1.4f, TopK = 40, MaxOutputTokens = 17 }, Cancelled);
        var greedy = await client.GetResponseAsync("hi", new ChatOptions { Seed = 3, Temperature = 0f }, Cancelled);
        implied.Text.ShouldBe(stated.Text);
        implied.Text.ShouldNotBe(greedy.Text);
    }

    [Fact]
    public void AnAnswerIsTheSameWhateverElseIsInFlight()
    {
        using var model = TinyChat.Create("qwen3");
        using var alone = new ModelChatClient(model, new EngineOptions { Threads = 1, MaxBatch = 1, StepTokens = 1000 });
        var expected = Enumerable.Range(0, 12).Select(i => Ask(alone, i, Cancelled).GetAwaiter().GetResult().Text).ToArray();
        var schedule = Gen.Elements(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11).Zip(Gen.Choose(0, 9)).ArrayOf(16);
        Prop.ForAll(schedule.ToArbitrary(), Gen.Elements(1, 2, 5, 64).ToArbitrary(), Gen.Elements(3, 17, 256).ToArbitrary(), (arrivals, batch, step) =>
        {
            using var client = new ModelChatClient(model, new EngineOptions { Threads = 2, MaxBatch = batch, StepTokens = step });
            var asked = arrivals.Select(arrival => AskAndPerhapsLeave(client, arrival.Item1, arrival.Item2)).ToArray();
            Task.WhenAll(asked).Wait(Cancelled);
            return asked.Zip(arrivals).All(pair => pair.First.Result is null || pair.First.Result == expected[pair.Second.Item1]);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(12));
    }

    [Fact]
    public async Task ThreadsChangeNothing()
    {
        using var model = TinyChat.Create("mistral");
        var texts = new List<string>();
        foreach (var threads in new[] { 1, 2, 3 })
        {
            using var client = new ModelChatClient(model, new EngineOptions { Threads = threads });
            var answers = await Task.WhenAll(Enumerable.Range(0, 7).Select(i => Ask(client, i, Cancelled)));
            texts.Add(string.Join('|', answers.Select(answer => answer.Text)));
        }

        texts.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task CancellingFreesThePlaceAtOnce()
    {
        using var model = TinyChat.Create(ends: false);
        using var client = new ModelChatClient(model, new EngineOptions { Threads = 1, MaxBatch = 1, MaxOutputTokens = 200 });
        using var leaving = new CancellationTokenSource();
        var first = client.GetResponseAsync("one", cancellationToken: leaving.Token);
        var second = client.GetResponseAsync("two", new ChatOptions { MaxOutputTokens = 3 }, Cancelled);
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
        (await second).Usage!.OutputTokenCount.ShouldBe(3);
    }

    [Fact]
    public async Task AReaderWhoWalksAwayFreesThePlace()
    {
        using var model = TinyChat.Create(ends: false);
        using var client = new ModelChatClient(model, new EngineOptions { Threads = 1, MaxBatch = 1, MaxOutputTokens = 200 });
        await foreach (var update in client.GetStreamingResponseAsync("one", cancellationToken: Cancelled))
        {
            update.Text.ShouldNotBeNull();
            break;
        }

        (await client.GetResponseAsync("two", new ChatOptions { MaxOutputTokens = 2 }, Cancelled)).Usage!.OutputTokenCount.ShouldBe(2);
    }

    [Fact]
    public async Task ATightCacheMakesRequestsWaitNotFail()
    {
        using var model = TinyChat.Create();
        using var roomy = new ModelChatClient(model, new EngineOptions { Threads = 1 });
        var block = 3 * 2 * 2 * 6 * 32 * 4;
        using var tight = new ModelChatClient(model, new EngineOptions { Threads = 1, CacheBytes = 5 * block });
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Ask(tight, i, Cancelled)));
        for (var i = 0; i < answers.Length; i++)
            answers[i].Text.ShouldBe((await Ask(roomy, i, Cancelled)).Text);
        var error = await Should.ThrowAsync<GenerationException>(() => tight.GetResponseAsync("hi", new ChatOptions { MaxOutputTokens = 200 }, Cancelled));
        error.IsTooLong.ShouldBeTrue();
    }

    [Fact]
    public async Task WhatCannotBeDoneIsSaid()
    {
        using var model = TinyChat.Create();
        using var client = new ModelChatClient(model, Options);
        async Task Refused(string expected, IEnumerable<ChatMessage> messages, ChatOptions? options = null) =>
            (await Should.ThrowAsync<GenerationException>(() => client.GetResponseAsync(messages, options, Cancelled))).Message.ShouldContain(expected);
        ChatMessage[] hi = [new(ChatRole.User, "hi")];
        await Refused("no message", []);
        await Refused("positions", [new(ChatRole.User, new string('x', 300))]);
        await Refused("temperature", hi, new() { Temperature = -1 });
        await Refused("token limit", hi, new() { MaxOutputTokens = 0 });
        await Refused("tools", hi, new() { Tools = [AIFunctionFactory.Create(() => 1, "one")] });
        await Refused("format", hi, new() { ResponseFormat = ChatResponseFormat.Json });
        await Refused("text only", [new(ChatRole.User, [new UriContent("http://example.org/a.png", "image/png")])]);
    }

    [Fact]
    public async Task DisposingEndsWhatIsInFlight()
    {
        using var model = TinyChat.Create(ends: false);
        var client = new ModelChatClient(model, new EngineOptions { Threads = 2, MaxBatch = 2, MaxOutputTokens = 240 });
        var answers = Enumerable.Range(0, 5).Select(i => client.GetResponseAsync($"{i}", cancellationToken: Cancelled)).ToArray();
        client.Dispose();
        foreach (var answer in answers)
        {
            if (!answer.IsCompletedSuccessfully)
                await Should.ThrowAsync<ObjectDisposedException>(() => answer);
        }

        await Should.ThrowAsync<ObjectDisposedException>(() => client.GetResponseAsync("late", cancellationToken: Cancelled));
        client.Dispose();
    }

    /// <summary>Request <paramref name="i"/> of a fixed dozen: prompts and settings of all kinds.</summary>
    private static Task<ChatResponse> Ask(ModelChatClient client, int i, CancellationToken cancellationToken) =>
        client.GetResponseAsync(
            [new(ChatRole.User, new string((char)('a' + i), 1 + (7 * i)) + "?")],
            new ChatOptions
            {
                Temperature = i % 3 == 0 ? 0 : 0.7f + (0.1f * i),
                TopP = i % 4 == 1 ? 0.8f : null,
                TopK = i % 4 == 2 ? 12 : null,
                FrequencyPenalty = i % 5 == 3 ? 0.5f : null,
                Seed = 100 + i,
                MaxOutputTokens = 10 + (3 * i),
            },
            cancellationToken);

    /// <summary>The answer's text, or null if the asker left before it came.</summary>
    private static async Task<string?> AskAndPerhapsLeave(ModelChatClient client, int i, int patience)
    {
        using var leaving = new CancellationTokenSource();
        var asked = Ask(client, i, leaving.Token);
        if (patience >= 3)
            return (await asked).Text;
        for (var turn = 0; turn < patience * 20; turn++)
            await Task.Yield();
        await leaving.CancelAsync();
        try
        {
            return (await asked).Text;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private static string Greedy(LanguageModel model, string prompt, int count)
    {
        var reference = new ReferenceDecoder(model.Weights);
        List<int> tokens = [.. model.Tokenizer.Encode(prompt, allowSpecial: true)];
        if (model.Config.BeginToken is { } begin && !prompt.StartsWith('<'))
            tokens.Insert(0, begin);
        var read = tokens.Count;
        while (tokens.Count < read + count)
        {
            var logits = reference.Logits(tokens)[^1];
            tokens.Add(Array.IndexOf(logits, logits.Max()));
        }

        return model.Tokenizer.Decode([.. tokens.Skip(read)]);
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    }
}
