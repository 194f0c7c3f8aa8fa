using Microsoft.Extensions.AI;
using OpenAI.Chat;
using Plumbline.Providers.Models;
using Plumbline.Transformers.Generation;
using Plumbline.Transformers.Models;
using Shouldly;

namespace Plumbline.Server.Tests.ChatCompletions;

/// <summary>The engine over HTTP, asked through the official SDK, says what it says in process.</summary>
public sealed class ServedModelTests
{
    private static readonly string[] Prompts = ["Hello!", "Name three colours.", "How do I sort a list?", "Say it in one word.", "Thanks."];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0f)]
    [InlineData(0.9f)]
    public async Task AnswersAreThoseGivenInProcess(float temperature)
    {
        using var model = LanguageModel.Load(BobFolder.Find());
        using var client = new ModelChatClient(model, new EngineOptions { Threads = 2 });
        await using var served = await Served.StartAsync(client);
        var asked = Prompts.Select(async (prompt, seed) =>
        {
            var inside = await client.GetResponseAsync(prompt, new ChatOptions { Temperature = temperature, Seed = seed, MaxOutputTokens = 40 }, Cancelled);
#pragma warning disable OPENAI001 // The seed is experimental in the SDK.
            var options = new ChatCompletionOptions { Temperature = temperature, Seed = seed, MaxOutputTokenCount = 40 };
#pragma warning restore OPENAI001
            ChatCompletion outside = await served.Chat.CompleteChatAsync([new UserChatMessage(prompt)], options, Cancelled);
            outside.Content[0].Text.ShouldBe(inside.Text);
            outside.FinishReason.ToString().ShouldBe(inside.FinishReason!.Value.Value, StringCompareShould.IgnoreCase);
            outside.Usage.TotalTokenCount.ShouldBe((int)inside.Usage!.TotalTokenCount!);
            var streamed = new List<string>();
            await foreach (var update in served.Chat.CompleteChatStreamingAsync([new UserChatMessage(prompt)], options, Cancelled))
                streamed.AddRange(update.ContentUpdate.Select(part => part.Text));
            string.Concat(streamed).ShouldBe(inside.Text);
            return inside.Text;
        });
        (await Task.WhenAll(asked)).Distinct().Count().ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task APromptBeyondTheModelsPositionsIsTheClientsError()
    {
        using var model = LanguageModel.Load(BobFolder.Find());
        using var client = new ModelChatClient(model, new EngineOptions { Threads = 1 });
        await using var served = await Served.StartAsync(client);
        var error = await Should.ThrowAsync<System.ClientModel.ClientResultException>(async () =>
            await served.Chat.CompleteChatAsync([new UserChatMessage(string.Concat(Enumerable.Repeat("zq xv ", 2000)))], cancellationToken: Cancelled));
        error.Status.ShouldBe(400);
        error.Message.ShouldContain("positions");
    }
}
