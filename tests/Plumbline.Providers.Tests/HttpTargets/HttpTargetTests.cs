using System.Text.Json;
using Microsoft.Extensions.AI;
using Plumbline.Audits;
using Plumbline.Pairs;
using Plumbline.Providers.Models;
using Plumbline.Providers.Pacing;
using Plumbline.Providers.Tests.OpenAiCompatible;
using Shouldly;

namespace Plumbline.Providers.Tests.HttpTargets;

public sealed class HttpTargetTests : IDisposable
{
    private const string Secret = "s3cret-value";
    private static readonly ChatOptions Sampling = new() { Temperature = 0.7f, MaxOutputTokens = 17, Seed = 42 };
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"plumbline-{Guid.NewGuid():N}.yaml");
    private readonly HurriedTime _time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_described_target_is_asked_and_read()
    {
        await using var server = new FakeEndpoint().Answers(200, """{"reply":[{"x":1},{"text":"four","why":"too_long"}],"cost":{"in":7,"out":3}}""");
        using var model = Open(server, """
            name: support-bot
            url: URL/chat
            headers: { Authorization: "Bearer ${BOT_KEY}", X-Tenant: audit }
            body:
              question: "{{prompt}}"
              system: "{{system}}"
              options: { limit: "{{max_tokens}}", heat: "{{temperature}}", seed: "{{seed}}", k: "{{top_k}}", stream: false, n: 1, tags: [a, "{{seed}}"] }
            answer: $.reply[-1].text
            finish: $.reply[1]['why']
            finishReasons: { too_long: length }
            usage: { input: $.cost.in, output: $.cost.out }
            """);

        var response = await model.Client.GetResponseAsync([new(ChatRole.System, "Be brief."), new(ChatRole.User, "What is \"2 + 2\"?\n{{seed}}")], Sampling, Cancel);

        (response.Text, response.FinishReason).ShouldBe(("four", ChatFinishReason.Length));
        (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount).ShouldBe((7, 3));
        var request = server.Requests.ShouldHaveSingleItem();
        request.Path.ShouldBe("/v1/chat");
        request.Authorization.ShouldBe("Bearer " + Secret);
        request.Headers["X-Tenant"].ShouldBe("audit");
        var json = request.Json;
        json.GetProperty("question").GetString().ShouldBe("What is \"2 + 2\"?\n{{seed}}", "a prompt is never read as a template");
        json.GetProperty("system").GetString().ShouldBe("Be brief.");
        json.GetProperty("options").GetRawText().ShouldBe("""{"limit":17,"heat":0.7,"seed":42,"stream":false,"n":1,"tags":["a",42]}""");
        JsonSerializer.Serialize(model.Facts).ShouldNotContain(Secret);
        model.Facts.Facts["sent"].ShouldBe("limit and temperature");
    }

    [Fact]
    public async Task A_whole_conversation_goes_out_as_messages()
    {
        await using var server = new FakeEndpoint().Answers(200, """{"text":"4"}""");
        using var model = Open(server, "url: URL/chat\nbody: { turns: \"{{messages}}\", system: \"{{system}}\" }\nanswer: $.text\n");

        await model.Client.GetResponseAsync([new(ChatRole.User, "a"), new(ChatRole.Assistant, "b"), new(ChatRole.User, "c")], Sampling, Cancel);

        server.Requests.Single().Body.ShouldBe("""{"turns":[{"role":"user","content":"a"},{"role":"assistant","content":"b"},{"role":"user","content":"c"}]}""", "what has no value is left out");
        model.Facts.Facts["sent"].ShouldBe("neither limit nor temperature");
    }

    [Fact]
    public async Task What_the_template_has_no_place_for_is_told_without_a_call()
    {
        await using var server = new FakeEndpoint();
        using var model = Open(server, "url: URL/chat\nbody: { q: \"{{prompt}}\" }\nanswer: $.text\n");

        ChatMessage[][] shapes =
        [
            [new(ChatRole.System, "Be brief."), new(ChatRole.User, "a")],
            [new(ChatRole.User, "a"), new(ChatRole.Assistant, "Sure,")],
            [new(ChatRole.User, "a"), new(ChatRole.Assistant, "b"), new(ChatRole.User, "c")],
            [new(ChatRole.Assistant, "b")],
        ];
        await Should.ThrowAsync<CaseNotAnswerableException>(() => model.Client.GetResponseAsync("a", new ChatOptions { TopK = 5 }, Cancel));
        (model.Facts.Facts[ModelFacts.TakesTopK], model.Facts.Facts[ModelFacts.ContinuesAnswers]).ShouldBe((ModelFacts.No, ModelFacts.No));
        foreach (var shape in shapes) await Should.ThrowAsync<CaseNotAnswerableException>(() => model.Client.GetResponseAsync(shape, Sampling, Cancel));
        server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1, 401, "bad key " + Secret, "refuses the key from the environment")]
    [InlineData(1, 404, "", "was not found. The description must fit")]
    [InlineData(1, 302, "", "sends callers to another address")]
    [InlineData(1, 422, "no", "refuses the request as malformed")]
    [InlineData(3, 200, """{"other":1}""", "the answer has nothing at $.text")]
    [InlineData(3, 200, """{"text":1}""", "the answer has no text at $.text, but number")]
    [InlineData(3, 200, "<html>", "not JSON with a text at $.text")]
    public async Task What_is_wrong_is_told_soon_and_without_the_key(int attempts, int status, string body, string expected)
    {
        await using var server = new FakeEndpoint();
        for (var attempt = 0; attempt < attempts; attempt++) server.Answers(status, body, ("Location", "http://127.0.0.1:1/"));
        using var model = Open(server, "url: URL/chat\nheaders: { x-api-key: \"${BOT_KEY}\" }\nbody: { q: \"{{prompt}}\" }\nanswer: $.text\n");

        var failure = await Should.ThrowAsync<ModelUnreachableException>(() => model.Client.GetResponseAsync("a", Sampling, Cancel));

        failure.Message.ShouldContain(expected);
        failure.Message.ShouldNotContain(Secret);
        server.Requests.Count.ShouldBe(attempts);
    }

    [Fact]
    public async Task Overload_goes_through_the_pacer_and_a_filter_is_a_withheld_answer()
    {
        await using var server = new FakeEndpoint()
            .Answers(429, "{}", ("Retry-After", "7"))
            .Answers(200, """{"text":null,"end":"blocked"}""")
            .Answers(400, """{"error":{"code":"content_filter"}}""");
        using var model = Open(server, "url: URL/chat\nbody: { q: \"{{prompt}}\" }\nanswer: $.text\nfinish: $.end\nfinishReasons: { blocked: content_filter }\n");

        (await model.Client.GetResponseAsync("a", Sampling, Cancel)).FinishReason.ShouldBe(ChatFinishReason.ContentFilter);
        (await model.Client.GetResponseAsync("a", Sampling, Cancel)).FinishReason.ShouldBe(ChatFinishReason.ContentFilter);

        _time.Pauses.ShouldBe([TimeSpan.FromSeconds(7)]);
        server.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_place_may_stand_in_a_text_and_what_fills_it_fills_nothing_else()
    {
        await using var server = new FakeEndpoint().Answers(200, """{"text":"four"}""");
        using var model = Open(server, "url: URL/chat\nbody: { q: \"[INST]{{system}}| {{prompt}} [/INST] at {{temperature}}, {{prompt}}, {{seed}}{{top_k}}\" }\nanswer: $.text\n");
        const string Prompt = "\"}, {\"x\": \\ {{seed}} {{system}}\n$0";

        await model.Client.GetResponseAsync(Prompt, Sampling, Cancel);

        var body = server.Requests.Single().Json;
        body.EnumerateObject().ShouldHaveSingleItem().Value.GetString().ShouldBe($"[INST]| {Prompt} [/INST] at 0.7, {Prompt}, 42");
    }

    [Theory]
    [InlineData("""{"text":"a","end":"SAFETY"}""", "a", "SAFETY")]
    [InlineData("""{"end":"guardrail_intervened"}""", "", "guardrail_intervened")]
    [InlineData("""{"text":"a","end":"MAX_TOKENS"}""", "a", "length")]
    [InlineData("""{"text":"a","end":"end_turn"}""", "a", "stop")]
    [InlineData("""{"text":"a","end":null}""", "a", "stop")]
    [InlineData("""{"text":"a"}""", "a", "stop")]
    [InlineData("""{"text":"a","end":"fine"}""", "a", "stop")]
    [InlineData("""{"text":"a","end":true}""", "a", "content_filter")]
    [InlineData("""{"text":"a","end":7}""", "a", "7")]
    [InlineData("""{"text":"a","end":"oops"}""", "a", "oops")]
    public async Task Why_an_answer_ended_is_read_by_the_description_first(string body, string text, string reason)
    {
        await using var server = new FakeEndpoint().Answers(200, body);
        using var model = Open(server, "url: URL/chat\nbody: { q: \"{{prompt}}\" }\nanswer: $.text\nfinish: $.end\nfinishReasons: { fine: stop, \"true\": content_filter }\n");

        var response = await model.Client.GetResponseAsync("a", Sampling, Cancel);

        (response.Text, response.FinishReason!.Value.Value).ShouldBe((text, reason));
    }

    /// <summary>Ten levels of ten aliases are ten thousand million values for whoever follows them all.</summary>
    [Fact]
    public void Aliases_of_aliases_are_counted_before_they_are_followed()
    {
        var levels = string.Concat(Enumerable.Range(1, 10).Select(level => $"  l{level}: &l{level} [{string.Join(", ", Enumerable.Repeat(level == 1 ? "x" : $"*l{level - 1}", 10))}]\n"));
        File.WriteAllText(_file, $"url: http://x/\nbody:\n  q: \"{{{{prompt}}}}\"\n{levels}answer: $.a\n");

        Should.Throw<ModelReferenceException>(() => Open()).Message.ShouldContain("values, its aliases filled in");
    }

    [Theory]
    [InlineData("url: ftp://x/\nbody: {q: \"{{prompt}}\"}\nanswer: $.a", "line 1, field 'url': expected an http or https address")]
    [InlineData("url: http://u:p@x/\nbody: {q: \"{{prompt}}\"}\nanswer: $.a", "carries a user name or password")]
    [InlineData("url: http://x/?api_key=abc\nbody: {q: \"{{prompt}}\"}\nanswer: $.a", "'api_key' in it looks like a key")]
    [InlineData("url: http://x/\nheaders: {X: tschüs}\nbody: {q: \"{{prompt}}\"}\nanswer: $.a", "letters of ASCII only")]
    [InlineData("url: http://x/\nbody: {q: \"{{prompt}}\", a: &a [1], b: *a, c: {? [1] : 2}}\nanswer: $.a", "a key must be a text")]
    [InlineData("url: http://x/?k=${K}\nbody: {q: \"{{prompt}}\"}\nanswer: $.a", "takes no reference to the environment")]
    [InlineData("url: http://x/\nmethod: GET\nbody: {q: \"{{prompt}}\"}\nanswer: $.a", "line 2, field 'method': expected POST or PUT")]
    [InlineData("url: http://x/\nbody: {q: 1}\nanswer: $.a", "line 2, field 'body': exactly one of {{messages}}")]
    [InlineData("url: http://x/\nbody: {q: \"{{prompt}}\", m: \"{{messages}}\"}\nanswer: $.a", "exactly one of")]
    [InlineData("url: http://x/\nbody: {q: \"Q: {{promt}} {{seed}}\"}\nanswer: $.a", "'{{promt}}' is no place to fill")]
    [InlineData("url: http://x/\nbody: {q: \"{{prompt}}\", m: \"all: {{messages}}\"}\nanswer: $.a", "must be the whole value and not a part of 'all: {{messages}}'")]
    [InlineData("url: http://x/\nbody: {q: \"{{prompt}} {{\"}\nanswer: $.a", "holds braces that are no place to fill")]
    [InlineData("url: http://x/\nbody: {q: \"Q: {{prompt}}\", m: \"{{messages}}\"}\nanswer: $.a", "exactly one of")]
    [InlineData("url: http://x/\nbody: {q: \"{{promt}}\"}\nanswer: $.a", "'{{promt}}' is no place to fill")]
    [InlineData("url: http://x/\nbody: [1]\nanswer: $.a", "expected an object")]
    [InlineData("url: http://x/\nbody: {q: \"{{prompt}}\"}\nanswer: a.b", "line 3, field 'answer': a path begins with '$'")]
    [InlineData("url: http://x/\nbody: {q: \"{{prompt}}\"}\nanswer: $..a", "at character 3")]
    [InlineData("url: http://x/\nbody: {q: \"{{prompt}}\"}\nanswer: $.a[*]", "filters, wildcards and '..'")]
    [InlineData("url: http://x/\nbody: {q: \"{{prompt}}\"}\nanswer: $['a", "no closing quote")]
    [InlineData("url: http://x/\nbody: {q: \"{{prompt}}\"}\nanswer: $.a\nfinishReasons: {x: end}", "line 4, field 'finishReasons.x': expected one of stop, length, content_filter")]
    [InlineData("url: http://x/\nheaders: {Authorization: Bearer abc}\nbody: {q: \"{{prompt}}\"}\nanswer: $.a", "line 2, field 'headers.Authorization': a key does not stand in a file")]
    [InlineData("url: http://x/\nheaders: {X: \"${a b}\"}\nbody: {q: \"{{prompt}}\"}\nanswer: $.a", "is written ${NAME}")]
    [InlineData("url: http://x/\nheaders: {\"a b\": c}\nbody: {q: \"{{prompt}}\"}\nanswer: $.a", "is no header")]
    [InlineData("url: http://x/\nheaders: {K: \"${OPENAI_API_KEY}\"}\nbody: {q: \"{{prompt}}\"}\nanswer: $.a", "goes to OpenAI's own hosts")]
    [InlineData("url: http://x/\nanser: $.a", "line 2, field 'anser': there is no such field. Did you mean 'answer'?")]
    [InlineData("url: http://x/\nanswer: $.a", "the field 'body' is missing")]
    public void A_description_that_cannot_be_used_is_told_with_its_place(string text, string expected)
    {
        File.WriteAllText(_file, text);

        var failure = Should.Throw<ModelReferenceException>(() => Open());

        failure.Message.ShouldContain(_file);
        failure.Message.ShouldContain(expected);
    }

    [Fact]
    public void A_variable_that_is_not_set_is_told_before_the_first_call()
    {
        File.WriteAllText(_file, "url: http://x/\nheaders: {K: \"${MISSING}\"}\nbody: {q: \"{{prompt}}\"}\nanswer: $.a");

        Should.Throw<ModelUnreachableException>(() => Open()).Message.ShouldContain("line 2, field 'headers.K': the environment variable MISSING is not set");
    }

    public void Dispose() => File.Delete(_file);

    private OpenedModel Open(FakeEndpoint server, string description)
    {
        File.WriteAllText(_file, description.Replace("URL", server.Address.ToString(), StringComparison.Ordinal));
        return Open();
    }

    private OpenedModel Open() =>
        new ModelOpener(new ApiKeys(name => name is "BOT_KEY" or "OPENAI_API_KEY" ? Secret : null), _time)
            .Open(ModelReference.Parse("http-target:" + _file), threads: 1, new PacerPool(new PacerOptions(), _time));
}
