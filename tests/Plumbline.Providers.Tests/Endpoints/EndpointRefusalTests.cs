using System.Text.Json;
using Microsoft.Extensions.AI;
using Plumbline.Calls;
using Plumbline.Providers.Anthropic;
using Plumbline.Providers.Endpoints;
using Plumbline.Providers.Models;
using Plumbline.Providers.OpenAiCompatible;
using Plumbline.Providers.Pacing;
using Plumbline.Providers.Tests.OpenAiCompatible;
using Shouldly;

namespace Plumbline.Providers.Tests.Endpoints;

/// <summary>A gateway that stops a prompt says so with any status; only its words tell that from a refused key or a malformed request.</summary>
public sealed class EndpointRefusalTests
{
    private const string Guardrail = """{"type":"guardrail_violation","code":"content_policy"}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(403, Guardrail)]
    [InlineData(400, """{"error":{"code":"content_policy_violation","message":"no"}}""")]
    [InlineData(400, """{"error":{"message":"Violated guardrail policy","type":"None","code":"400"}}""")]
    [InlineData(400, """{"error":{"message":"{'error': 'Violated guardrail policy'}","type":"None","param":"None","code":"400"}}""")]
    [InlineData(422, """{"detail":[{"type":"guardrail","msg":"stopped"}]}""")]
    [InlineData(422, """{"message":"The prompt was blocked"}""")]
    [InlineData(451, "")]
    [InlineData(451, "no")]
    [InlineData(446, """{"error":{"message":"The guardrail checks defined in the config failed.","type":"hooks_failed"}}""")]
    [InlineData(400, """{"error":{"message":"The response was filtered due to the prompt triggering Azure OpenAI's content management policy.","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{"violence":{"filtered":true}}}}}""")]
    [InlineData(400, """{"type":"error","error":{"type":"invalid_request_error","message":"Output blocked by content filtering policy"}}""")]
    [InlineData(400, """{"error":{"message":"Invalid prompt: your prompt was flagged as potentially violating our usage policy.","code":"invalid_prompt"}}""")]
    [InlineData(403, """{"error":{"code":403,"message":"The chosen model requires moderation and your input was flagged","metadata":{"flagged_input":"my api key"}}}""")]
    [InlineData(400, """{"success":false,"error":[{"code":2016,"message":"Prompt blocked due to security configurations"}]}""")]
    [InlineData(403, "<html>Request stopped by our content policy</html>")]
    [InlineData(400, """{"error":{"code":"1301","message":"系统检测到输入或生成内容可能包含不安全或敏感内容，请您避免输入易产生敏感内容的提示语"}}""")]
    [InlineData(400, """{"message":"输入包含敏感内容，多次违规账号将被封禁"}""")]
    [InlineData(403, """{"message":"Die Anfrage verstößt gegen unsere Richtlinien für Inhalte."}""")]
    [InlineData(422, """{"detail":"Votre demande enfreint notre politique de contenu."}""")]
    [InlineData(400, """{"error":"Solicitud bloqueada por el filtro de contenido"}""")]
    [InlineData(400, """{"error":"O pedido viola a política de conteúdo"}""")]
    [InlineData(403, """{"message":"Richiesta bloccata: contenuto vietato"}""")]
    [InlineData(403, """{"message":"Запрос нарушает правила использования контента"}""")]
    [InlineData(400, """{"message":"コンテンツポリシーに違反しています"}""")]
    [InlineData(400, """{"message":"콘텐츠 정책을 위반했습니다"}""")]
    public void A_refusal_because_of_content_is_known_by_its_words(int status, string said) => EndpointRefusal.IsOfContent(status, said).ShouldBeTrue();

    [Theory]
    [InlineData(400, """{"error":{"message":"max_tokens is too large","code":"invalid_value","type":"invalid_request_error"}}""")]
    [InlineData(422, """{"detail":[{"type":"missing","loc":["body","model"],"msg":"Field required","input":{"messages":[{"content":"write about content policy violations"}]}}]}""")]
    [InlineData(403, """{"message":"Forbidden"}""")]
    [InlineData(403, """{"error":{"message":"Your account was deactivated for violating our usage policies","type":"account_error"}}""")]
    [InlineData(401, Guardrail)]
    [InlineData(404, """{"error":{"message":"The model guardrail-1 was not found"}}""")]
    [InlineData(429, Guardrail)]
    [InlineData(500, Guardrail)]
    [InlineData(400, """{"error":"Ungültige Anfrage: max_tokens ist zu groß"}""")]
    [InlineData(400, """{"error":"参数错误：max_tokens"}""")]
    [InlineData(400, "")]
    [InlineData(400, "[1, null")]
    public void Another_refusal_is_none_because_of_content(int status, string said) => EndpointRefusal.IsOfContent(status, said).ShouldBeFalse();

    [Theory]
    [InlineData("""{"error":{"message":"Incorrect API key provided"}}""", true)]
    [InlineData("""{"error":{"type":"permission_error","message":"no"}}""", true)]
    [InlineData("""{"error":{"code":403,"message":"The caller may not","status":"PERMISSION_DENIED"}}""", true)]
    [InlineData("User is not authorized to perform bedrock:InvokeModel", true)]
    [InlineData("""{"error":{"message":"Your account was suspended"}}""", true)]
    [InlineData("""{"error":{"message":"You have insufficient permissions for this operation. Missing scopes: model.request"}}""", true)]
    [InlineData("""{"message":"This project does not have permission to use the model gpt-x"}""", true)]
    [InlineData("""{"message":"You don't have permission to ask this."}""", false)]
    [InlineData("""{"error":"permission"}""", false)]
    [InlineData("""{"message":"Forbidden"}""", false)]
    [InlineData("""{"message":"no","input":"the api key"}""", false)]
    [InlineData("", false)]
    public void A_refused_key_is_known_by_its_words(string said, bool expected) => EndpointRefusal.IsOfKey(said).ShouldBe(expected);

    /// <summary>Every call would be "withheld", and the run go to its end.</summary>
    [Theory]
    [InlineData("""{"message":"账号因违规已被封禁"}""")]
    [InlineData("""{"message":"您的帐户涉嫌违规，已停用"}""")]
    [InlineData("""{"message":"Ihr Konto wurde wegen eines Verstoßes gegen unsere Nutzungsrichtlinien gesperrt"}""")]
    [InlineData("""{"message":"Votre compte a été suspendu : contenu interdit"}""")]
    [InlineData("""{"message":"Su cuenta fue suspendida por contenido inapropiado"}""")]
    [InlineData("""{"message":"Sua conta foi bloqueada por violar a política de conteúdo"}""")]
    [InlineData("""{"message":"Il tuo account è stato sospeso: contenuto vietato"}""")]
    [InlineData("""{"message":"Ваш аккаунт заблокирован: запрещённый контент"}""")]
    [InlineData("""{"message":"コンテンツポリシー違反によりアカウントが停止されました"}""")]
    [InlineData("""{"message":"콘텐츠 정책 위반으로 계정이 정지되었습니다"}""")]
    public void A_closed_account_is_no_filter_in_any_language_that_content_is_known_in(string said)
    {
        EndpointRefusal.IsOfContent(403, said).ShouldBeFalse();
        EndpointRefusal.IsOfKey(said).ShouldBeTrue();
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task A_prompt_that_a_gateway_stops_is_withheld_once_and_the_next_is_asked(string protocol)
    {
        await using var server = new FakeEndpoint { Default = request => request.Body.Contains("bad", StringComparison.Ordinal) ? (403, Guardrail) : (200, Answer(protocol)) };
        using var client = Client(protocol, server);

        var first = await client.GetResponseAsync("bad", cancellationToken: Cancel);
        var second = await client.GetResponseAsync("good", cancellationToken: Cancel);

        (first.Text, first.FinishReason).ShouldBe(("", ChatFinishReason.ContentFilter));
        (second.Text, second.FinishReason).ShouldBe(("4", ChatFinishReason.Stop));
        server.Requests.Count.ShouldBe(2);
    }

    /// <summary>AWS's gateway says the same of a missing key and of a prompt that its firewall stops.</summary>
    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task A_bare_403_is_the_prompts_own_and_is_not_repeated(string protocol)
    {
        await using var server = new FakeEndpoint { Default = request => request.Body.Contains("bad", StringComparison.Ordinal) ? (403, """{"message":"Forbidden"}""") : (200, Answer(protocol)) };
        using var client = Client(protocol, server);

        var failure = await Should.ThrowAsync<ModelUnreachableException>(() => client.GetResponseAsync("bad", cancellationToken: Cancel));
        var second = await client.GetResponseAsync("good", cancellationToken: Cancel);

        failure.Message.ShouldContain("does not say that its key or its content is why");
        RefusedCalls.Of(failure).ShouldBe(RefusalScope.ThisRequest);
        second.Text.ShouldBe("4");
        server.Requests.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task A_403_that_speaks_of_the_key_is_shown_once(string protocol)
    {
        await using var server = new FakeEndpoint { Default = _ => (403, """{"error":{"type":"permission_error","message":"Your API key may not use this model"}}""") };
        using var client = Client(protocol, server);

        (await Should.ThrowAsync<ModelUnreachableException>(() => client.GetResponseAsync("a", cancellationToken: Cancel))).Message.ShouldContain("refuses the key");
        RefusedCalls.Of(await Should.ThrowAsync<ModelUnreachableException>(() => client.GetResponseAsync("b", cancellationToken: Cancel))).ShouldBe(RefusalScope.EveryCall);
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_stream_that_a_gateway_stops_is_withheld()
    {
        await using var server = new FakeEndpoint { Default = _ => (403, Guardrail) };
        using var client = Client("openai", server);

        var updates = await client.GetStreamingResponseAsync("bad", cancellationToken: Cancel).ToListAsync(Cancel);

        updates.ShouldHaveSingleItem().FinishReason.ShouldBe(ChatFinishReason.ContentFilter);
    }

    private static IChatClient Client(string protocol, FakeEndpoint server)
    {
        var pool = new PacerPool(new PacerOptions(), TimeProvider.System);
        return protocol == "openai"
            ? new OpenAiCompatibleChatClient(new EndpointOptions(server.Address, "m", "a-key-of-ours", IsOpenAi: false), pool, TimeProvider.System)
            : new AnthropicChatClient(new AnthropicOptions(new Uri($"http://127.0.0.1:{server.Port}/"), "m", "a-key-of-ours", EndpointQuirks.None, ApiKeys.Plumbline), pool, TimeProvider.System);
    }

    private static string Answer(string protocol) => protocol == "openai" ? FakeEndpoint.Completion("4") : JsonSerializer.Serialize(new
    {
        id = "1",
        type = "message",
        role = "assistant",
        model = "m",
        content = new[] { new { type = "text", text = "4" } },
        stop_reason = "end_turn",
        stop_sequence = (string?)null,
        usage = new { input_tokens = 1, output_tokens = 1 },
    });
}
