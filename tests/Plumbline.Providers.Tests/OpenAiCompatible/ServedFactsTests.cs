using System.Net;
using System.Net.Sockets;
using System.Text;
using Plumbline.Audits;
using Plumbline.Cases;
using Plumbline.Pairs;
using Plumbline.Providers.Models;
using Plumbline.Suites;
using Shouldly;

namespace Plumbline.Providers.Tests.OpenAiCompatible;

/// <summary>What a server tells of the template and the decoding that it brings.</summary>
public sealed class ServedFactsTests
{
    private const string LlamaCpp = """
        {"chat_template": "{{ messages }}", "model_path": "/models/m.gguf",
         "default_generation_settings": {"n_ctx": 512, "params": {"temperature": 0.8, "top_k": 40, "top_p": 0.949999988079071, "repeat_penalty": 1.1, "samplers": ["top_k"]}}}
        """;

    private const string Ollama = """
        {"modelfile": "...", "template": "{{ .Prompt }}", "system": "You are helpful.", "parameters": "stop                           \"<end>\"\nrepeat_penalty                 1.1"}
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_llama_cpp_the_template_and_the_decoding_are_known()
    {
        var facts = await LearnedAsync(request => request.Path == "/props" ? LlamaCpp : null);

        facts[ModelFacts.Template].ShouldBe(ContentHash.Of("{{ messages }}"));
        facts[ModelFacts.Decoding].ShouldBe("repeat_penalty 1.1");
        facts[ModelFacts.Sampling].ShouldBe("top_k 40, top_p 0.95");
        facts.Keys.ShouldNotContain(ModelFacts.SystemPrompt);
    }

    /// <summary>Newer servers tell the texts of both tokens, an empty one where there is none; of older ones nothing is known.</summary>
    [Theory]
    [InlineData(""", "bos_token": "<s>", "eos_token": "</s>" """, "bos_token '<s>', eos_token '</s>'")]
    [InlineData(""", "bos_token": "", "eos_token": "</s>" """, "no bos_token, eos_token '</s>'")]
    [InlineData("", null)]
    public async Task Of_llama_cpp_the_tokens_that_the_template_shows(string tokens, string? told)
    {
        var facts = await LearnedAsync(request => request.Path == "/props" ? $$$"""{"chat_template": "{{ bos_token }}{{ messages }}{{ eos_token }}"{{{tokens}}}}""" : null);

        facts.GetValueOrDefault(ModelFacts.TemplateTokens).ShouldBe(told);
    }

    /// <summary>Two served models are then known to differ in their weights only, which was "not known" of tokenizer and decoding.</summary>
    [Fact]
    public async Task Of_Plumblines_own_server_whatever_a_pair_must_agree_in_and_nothing_else()
    {
        const string Props = """{"chat_template": "{{ messages }}", "plumbline": {"template": "other", "tokenizer": "abc", "decoding": "repetition penalty 1; ends at token 2", "sampling": "top-k all; top-p 1", "adapter": "LoRA", "systemPrompt": 3}}""";
        var facts = await LearnedAsync(request => request.Path == "/props" ? Props : null);

        facts[ModelFacts.Template].ShouldBe(ContentHash.Of("{{ messages }}"));
        facts[ModelFacts.Tokenizer].ShouldBe("abc");
        facts[ModelFacts.Decoding].ShouldBe("repetition penalty 1; ends at token 2");
        facts[ModelFacts.Sampling].ShouldBe("top-k all; top-p 1");
        facts.Keys.ShouldNotContain("adapter");
        facts.Keys.ShouldNotContain(ModelFacts.SystemPrompt);
    }

    [Fact]
    public async Task Of_Ollama_the_model_s_own_system_prompt_too()
    {
        FakeRequest? asked = null;
        var facts = await LearnedAsync(request => request.Path == "/api/show" ? (asked = request, Ollama).Ollama : null);

        asked!.Body.ShouldBe("""{"model":"some \u0022model"}""");
        facts[ModelFacts.Template].ShouldBe(ContentHash.Of("{{ .Prompt }}"));
        facts[ModelFacts.SystemPrompt].ShouldBe(ContentHash.Of("You are helpful."));
        facts[ModelFacts.Decoding].ShouldBe("repeat_penalty 1.1, stop \"<end>\"");
    }

    [Fact]
    public async Task An_Ollama_that_tells_of_no_system_prompt_has_none()
    {
        var facts = await LearnedAsync(request => request.Path == "/api/show" ? """{"template": "{{ .Prompt }}"}""" : null);

        (facts[ModelFacts.SystemPrompt], facts[ModelFacts.Decoding]).ShouldBe(("none", "none"));
        AuditRunner.Parity(Model(facts), Model(await LearnedAsync(request => request.Path == "/api/show" ? Ollama : null)), new Sampling())
            .Single(fact => fact.Name == ModelFacts.SystemPrompt).Equal.ShouldBe(false);

        static ModelFacts Model(IReadOnlyDictionary<string, string> facts) => new("m", "m", facts);
    }

    [Fact]
    public async Task A_server_that_still_loads_its_model_is_asked_again()
    {
        await using var server = new FakeEndpoint { Tells = request => request.Path == "/props" ? LlamaCpp : null, NotReadyTimes = 2 };
        using var opened = Open($"{server.Address}#m", new HurriedTime(Patience));

        (await opened.LearnAsync(TestContext.Current.CancellationToken)).ShouldBeNull();

        opened.Facts.Facts.Keys.ShouldContain(ModelFacts.Template);
    }

    [Fact]
    public async Task One_that_is_never_ready_is_told_of_and_its_facts_are_not_known()
    {
        await using var server = new FakeEndpoint { Tells = _ => LlamaCpp, NotReadyTimes = 100 };
        using var opened = Open($"{server.Address}#m", new HurriedTime(Patience));

        (await opened.LearnAsync(TestContext.Current.CancellationToken)).ShouldNotBeNull().ShouldContain("/props was asked 3 times which template, system prompt and decoding the model has; it answered 503.");

        opened.Facts.Facts.Keys.ShouldNotContain(ModelFacts.Template);
    }

    /// <summary>One after the other, a server that swallows what it does not know would keep the user waiting twice.</summary>
    [Fact]
    public async Task Both_addresses_are_asked_at_once_and_the_one_that_answers_is_enough()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var opened = Open($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/v1#m", new HurriedTime(Patience));
        var learning = opened.LearnAsync(Cancel);

        using var first = await AcceptAsync(listener);
        using var second = await AcceptAsync(listener);
        foreach (var asked in new[] { first, second })
        {
            var request = new byte[4096];
            var length = await asked.ReceiveAsync(request, Cancel);
            if (Encoding.ASCII.GetString(request, 0, length).StartsWith("GET /props", StringComparison.Ordinal))
                await asked.SendAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(LlamaCpp)}\r\n\r\n{LlamaCpp}"), Cancel);
        }

        (await learning.WaitAsync(TimeSpan.FromSeconds(30), Cancel)).ShouldBeNull();
        opened.Facts.Facts.Keys.ShouldContain(ModelFacts.Template);

        static async Task<Socket> AcceptAsync(TcpListener listener) => await listener.AcceptSocketAsync(Cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancel);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("""{"chat_template": "\ud83d"}""")]
    [InlineData("no JSON")]
    [InlineData("[]")]
    [InlineData("""{"chat_template": 3, "template": null, "default_generation_settings": []}""")]
    public async Task Of_a_server_that_tells_nothing_nothing_is_known(string? told)
    {
        var facts = await LearnedAsync(_ => told);

        facts.Keys.ShouldNotContain(fact => ModelFacts.MustAgree(true).Contains(fact));
    }

    [Fact]
    public async Task Nobody_answers_and_nothing_is_lost()
    {
        using var opened = Open("http://127.0.0.1:9/v1#m");

        await opened.LearnAsync(TestContext.Current.CancellationToken);

        opened.Facts.Facts.Keys.ShouldNotContain(fact => ModelFacts.MustAgree(true).Contains(fact));
    }

    private static async Task<IReadOnlyDictionary<string, string>> LearnedAsync(Func<FakeRequest, string?> tells)
    {
        await using var server = new FakeEndpoint { Tells = tells };
        using var opened = Open($"{server.Address}#some \"model");
        await opened.LearnAsync(TestContext.Current.CancellationToken);
        server.Requests.ShouldBeEmpty("it asks for no answer");
        return opened.Facts.Facts;
    }

    private static OpenedModel Open(string name, TimeProvider? time = null) => new ModelOpener(new ApiKeys(_ => null), time ?? TimeProvider.System).Open(ModelReference.Parse(name), threads: 1);
}
