using Microsoft.Extensions.AI;
using Plumbline.Providers.OpenAiCompatible;
using Plumbline.Providers.Pacing;
using Shouldly;

namespace Plumbline.Providers.Tests.OpenAiCompatible;

/// <summary>Servers that speak OpenAI's protocol with words of their own: an answer is an answer where a choice with a text is in it.</summary>
public sealed class OtherServersTests
{
    private readonly HurriedTime _time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"choices":[{"message":{"role":"assistant","content":"4"},"finish_reason":null}]}""", "stop")]
    [InlineData("""{"choices":[{"message":{"role":"assistant","content":"4"}}]}""", "stop")]
    [InlineData("""{"choices":[{"message":{"role":"assistant","content":"4"},"finish_reason":"eos"}]}""", "stop")]
    [InlineData("""{"choices":[{"message":{"role":"assistant","content":"4"},"finish_reason":"eos_token"}]}""", "stop")]
    [InlineData("""{"choices":[{"message":{"role":"assistant","content":"4"},"finish_reason":"model_length"}]}""", "length")]
    [InlineData("""{"choices":[{"message":{"role":"assistant","content":"4"},"finish_reason":"abort"}]}""", "abort")]
    [InlineData("""{"choices":[{"message":{"role":"assistant","content":"4"},"finish_reason":"SAFETY"}]}""", "SAFETY")]
    [InlineData("""{"choices":[{"message":{"role":"assistant","content":"4"},"finish_reason":"MAX_TOKENS"}]}""", "length")]
    [InlineData("""{"choices":[{"message":{"role":"assistant","content":"4"},"finish_reason":"STOP"}]}""", "stop")]
    [InlineData("""{"choices":[{"message":{"role":null,"content":"4"},"finish_reason":"stop"}]}""", "stop")]
    [InlineData("""{"choices":[{"message":{"role":"model","content":"4"},"finish_reason":"stop"}]}""", "stop")]
    [InlineData("""{"choices":[{"message":{"role":"assistant","content":[{"type":"thinking","thinking":"two and two"},{"type":"text","text":"4"},{"type":"new","data":{}}]},"finish_reason":"stop"}]}""", "stop")]
    [InlineData("""{"choices":[{"message":{"role":"assistant","content":"4","tool_calls":[{"id":"1","type":"computer","x":{}}]},"finish_reason":"tool_calls"}]}""", "tool_calls")]
    [InlineData("""{"id":5,"created":"now","model":null,"choices":[{"index":"a","message":{"content":"4","annotations":"none"},"finish_reason":"stop"}],"usage":"some"}""", "stop")]
    public async Task Words_that_OpenAI_does_not_have_lose_no_answer(string body, string reason)
    {
        await using var server = new FakeEndpoint().Answers(200, body);
        using var client = Client(server);

        var response = await client.GetResponseAsync("2 + 2?", cancellationToken: Cancel);

        (response.Text, response.FinishReason!.Value.Value).ShouldBe(("4", reason));
    }

    [Theory]
    [InlineData("guardrail_intervened")]
    [InlineData("error")]
    public async Task A_gateway_may_leave_nothing_in_the_place_of_an_answer(string reason)
    {
        await using var server = new FakeEndpoint().Answers(200, $$"""{"choices":[{"message":null,"finish_reason":"{{reason}}"}]}""");
        using var client = Client(server);

        var response = await client.GetResponseAsync("2 + 2?", cancellationToken: Cancel);

        (response.Text, response.FinishReason!.Value.Value).ShouldBe(("", reason));
    }

    [Theory]
    [InlineData("5", "no text, but number")]
    [InlineData("{}", "no text, but object")]
    [InlineData("true", "no text, but true")]
    [InlineData("\"\\ud800\"", "not a chat completion")]
    public async Task A_content_that_is_no_text_is_no_empty_answer(string content, string expected)
    {
        await using var server = new FakeEndpoint { Default = _ => (200, $$"""{"choices":[{"message":{"role":"assistant","content":{{content}}},"finish_reason":"stop"}]}""") };
        using var client = Client(server);

        (await Should.ThrowAsync<ModelUnreachableException>(() => client.GetResponseAsync("2 + 2?", cancellationToken: Cancel))).Message.ShouldContain(expected);
    }

    [Theory]
    [InlineData("-1000000", null)]
    [InlineData("9223372036854775807", null)]
    [InlineData("99999999999999999999999", null)]
    [InlineData("\"7\"", null)]
    [InlineData("7", 7L)]
    public async Task Tokens_that_no_call_can_take_count_as_not_told(string told, long? expected)
    {
        await using var server = new FakeEndpoint().Answers(200, $$$"""{"choices":[{"message":{"content":"4"},"finish_reason":"stop"}],"usage":{"prompt_tokens":{{{told}}},"completion_tokens":{{{told}}},"total_tokens":{{{told}}}}}""");
        using var client = Client(server);

        var usage = (await client.GetResponseAsync("2 + 2?", cancellationToken: Cancel)).Usage!;

        (usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount).ShouldBe((expected, expected, expected));
    }

    private OpenAiCompatibleChatClient Client(FakeEndpoint server) =>
        new(new EndpointOptions(server.Address, "tiny", ApiKey: null, IsOpenAi: false), new PacerPool(new PacerOptions(), _time), _time);
}
