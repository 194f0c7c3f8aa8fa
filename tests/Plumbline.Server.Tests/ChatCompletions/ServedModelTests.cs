using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using Plumbline.Choices;
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
    public async Task TheLikeliestTokensAreThoseOfTheModelInProcess()
    {
        var opener = new ModelOpener(new ApiKeys(_ => null), TimeProvider.System);
        using var bob = opener.Open(ModelReference.Parse("bob"), threads: 2);
        await using var served = await Served.StartAsync(bob.Client);
        using var remote = opener.Open(ModelReference.Parse($"{served.Server.Endpoint}#{served.Server.ModelId}"), threads: 1);
        var options = new ChatOptions { MaxOutputTokens = 1, Temperature = 0 };
        TokenProbabilities.Ask(options, 20);
        foreach (var prompt in Prompts)
        {
            var inside = await bob.Client.GetResponseAsync(prompt, options, Cancelled);
            var outside = await remote.Client.GetResponseAsync(prompt, options, Cancelled);
            outside.Text.ShouldBe(inside.Text);
            var (told, known) = (TokenProbabilities.Of(outside)!, TokenProbabilities.Of(inside)!);
            told.ShouldBe(known);
            told.Count.ShouldBe(20);
            told.Select(token => token.LogProbability).ShouldBeInOrder(SortDirection.Descending);
            told[0].Text.ShouldBe(inside.Text, "the likeliest is what is said");
            // The scorer reads the same chat in another way: token by token of what would follow.
            var scored = await bob.Client.GetService<IAnswerScorer>()!.ScoreAsync([new Microsoft.Extensions.AI.ChatMessage(ChatRole.User, prompt)], [told[0].Text], Cancelled);
            scored[0].ShouldBe(told[0].LogProbability, 1e-9);
        }
    }

    [Theory]
    [InlineData("\"max_tokens\":1", 200)]
    [InlineData("\"max_tokens\":1,\"temperature\":0,\"top_logprobs\":3", 200)]
    [InlineData("\"max_tokens\":2", 400)]
    [InlineData("\"top_logprobs\":3", 400)]
    [InlineData("\"max_tokens\":1,\"n\":2", 400)]
    [InlineData("\"max_tokens\":1,\"stream\":true", 400)]
    [InlineData("\"max_tokens\":1,\"temperature\":1", 400)]
    [InlineData("\"max_tokens\":1,\"top_logprobs\":21", 400)]
    public async Task ProbabilitiesAreToldOfOneTokenOnly(string fields, int status)
    {
        using var bob = new ModelOpener(new ApiKeys(_ => null), TimeProvider.System).Open(ModelReference.Parse("bob"), threads: 1);
        await using var served = await Served.StartAsync(bob.Client);
        var (actual, body) = await served.PostAsync("{\"model\":\"" + served.Server.ModelId + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}],\"logprobs\":true," + fields + "}");
        actual.ShouldBe(status, body);
        if (status != 200)
            return;
        var token = JsonDocument.Parse(body).RootElement.GetProperty("choices")[0].GetProperty("logprobs").GetProperty("content")[0];
        token.GetProperty("logprob").GetDouble().ShouldBeInRange(-10, 0);
        token.GetProperty("top_logprobs").GetArrayLength().ShouldBe(fields.Contains("top_logprobs", StringComparison.Ordinal) ? 3 : 0);
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
