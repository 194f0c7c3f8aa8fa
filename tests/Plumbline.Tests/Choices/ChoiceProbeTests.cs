using Microsoft.Extensions.AI;
using Plumbline.Calls;
using Plumbline.Choices;
using Shouldly;

namespace Plumbline.Tests.Choices;

public sealed class ChoiceProbeTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0.5, 20)]
    [InlineData(0.49, null)]
    public async Task A_model_answers_with_letters_where_these_are_likelier_than_all_else(double letters, int? likeliest)
    {
        var client = new TellingClient(_ => Told(("The", 1 - letters), ("A", letters / 5), (" B", letters * 4 / 5)));

        var (found, why) = await ChoiceProbe.RunAsync(client, Token);

        found.ShouldBe(likeliest);
        why.ShouldBe(likeliest is not null ? null : "begins with something else than a letter, asked a question with options: the letters together have 49% of its first token, and at least 50% is needed");
    }

    [Fact]
    public async Task A_letter_in_the_noise_is_no_letter()
    {
        var client = new TellingClient(_ => Told(("<think>", 0.9999), ("C", 1e-7), ("B", 5e-8)));

        (await ChoiceProbe.RunAsync(client, Token)).Why!.ShouldContain("have less than 0.1% of its first token");
    }

    /// <summary>A server that is starting again is no server that cannot tell: the whole run would be read by letter for it.</summary>
    [Fact]
    public async Task A_failure_that_passes_says_nothing_of_the_probabilities()
    {
        var client = new TellingClient(call => call == 0 ? throw Failed("500") : Told(("B", 0.9)));

        (await ChoiceProbe.RunAsync(client, Token)).ShouldBe((20, null));
        client.Asked.ShouldBe([20, null, 20]);
    }

    [Theory]
    [InlineData("500")]
    [InlineData("501")]
    public async Task One_that_fails_with_them_and_answers_without_refuses_to_tell(string status)
    {
        var client = new TellingClient((_, asked) => asked is null ? Told() : throw Failed(status));

        (await ChoiceProbe.RunAsync(client, Token)).ShouldBe((null, "refuses to tell the probabilities of tokens"));
        client.Asked.ShouldBe([20, null, 20, 5]);
        client.Asked.Count.ShouldBe(ChoiceProbe.MostCalls);
    }

    [Fact]
    public async Task One_that_fails_without_them_too_cannot_be_asked()
    {
        var client = new TellingClient(_ => throw Failed("500"));

        await Should.ThrowAsync<HttpRequestException>(() => ChoiceProbe.RunAsync(client, Token));
        client.Asked.ShouldBe([20, null]);
    }

    static HttpRequestException Failed(string status)
    {
        var failure = new HttpRequestException(status);
        FailedAttempts.Attach(failure, [status, status]);
        return failure;
    }

    static ChatResponse Told(params (string Token, double Probability)[] tokens)
    {
        var response = new ChatResponse(new ChatMessage(ChatRole.Assistant, tokens is [var (first, _), ..] ? first : "B"));
        if (tokens.Length > 0)
            TokenProbabilities.Attach(response, [.. tokens.Select(token => new TokenProbability(token.Token, Math.Log(token.Probability)))]);
        return response;
    }
}
