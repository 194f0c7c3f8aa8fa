using System.Globalization;
using Plumbline.Providers.Models;
using Shouldly;

namespace Plumbline.Providers.Tests.Models;

public sealed class ModelReferenceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plumbline-").FullName;

    [Fact]
    public void Bob_is_the_model_that_ships() =>
        ModelReference.Parse("bob").ShouldBe(new LocalModelReference("bob", "bob", Adapter: null));

    [Fact]
    public void An_adapter_stands_behind_a_plus()
    {
        var adapter = Make("tuned");

        ModelReference.Parse("bob+" + adapter).ShouldBe(new LocalModelReference("bob+" + adapter, "bob", adapter));
        ModelReference.Parse(_folder + "+" + adapter).ShouldBe(new LocalModelReference(_folder + "+" + adapter, _folder, adapter));
    }

    [Fact]
    public void A_path_whose_own_name_holds_a_plus_is_taken_whole()
    {
        var model = Make("c++");
        var adapter = Make("tuned");

        ModelReference.Parse(model).ShouldBe(new LocalModelReference(model, model, Adapter: null));
        ModelReference.Parse(model + "+" + adapter).ShouldBe(new LocalModelReference(model + "+" + adapter, model, adapter));
    }

    /// <summary>What 'plumb tune' has just written is a model to whoever has not yet heard of adapters.</summary>
    [Theory]
    [InlineData("""{"peft_type": "LORA", "r": 4, "lora_alpha": 8, "base_model_name_or_path": "bob"}""", "where BASE is the model that it was trained on, here bob+{0}.")]
    [InlineData("""{"peft_type": "LORA", "r": 4, "lora_alpha": 8, "base_model_name_or_path": "meta-llama/Llama-2-7b-chat-hf"}""", "where BASE is the model that it was trained on. It records 'meta-llama/Llama-2-7b-chat-hf'.")]
    [InlineData("""{"peft_type": "LORA", "r": 4, "lora_alpha": 8}""", "where BASE is the model that it was trained on.")]
    [InlineData("""{"peft_type": "IA3"}""", "where BASE is the model that it was trained on.")]
    public void An_adapter_without_a_base_is_told_with_what_to_write(string config, string told)
    {
        var adapter = Make("tuned");
        File.WriteAllText(Path.Combine(adapter, "adapter_config.json"), config);

        Should.Throw<ModelReferenceException>(() => ModelReference.Parse(adapter)).Message.ShouldBe($"'{adapter}' holds an adapter and no model: write BASE+{adapter}, {string.Format(CultureInfo.InvariantCulture, told, adapter)}");
        ModelReference.Parse("bob+" + adapter).ShouldBeOfType<LocalModelReference>().Adapter.ShouldBe(adapter);
        File.WriteAllText(Path.Combine(adapter, "config.json"), "{}");
        ModelReference.Parse(adapter).ShouldBeOfType<LocalModelReference>().Adapter.ShouldBeNull("whoever merges an adapter may leave its config beside the model's");
    }

    [Theory]
    [InlineData("openai:gpt-4o-mini", "https://api.openai.com/v1", "gpt-4o-mini", true)]
    [InlineData("http://localhost:8080/v1#bob", "http://localhost:8080/v1", "bob", false)]
    [InlineData("https://models.example.org/api/v1#org/model#2", "https://models.example.org/api/v1", "org/model#2", false)]
    public void Endpoints_are_an_address_and_a_model(string text, string address, string model, bool isOpenAi)
    {
        var reference = ModelReference.Parse(text).ShouldBeOfType<EndpointModelReference>();

        reference.Endpoint.ShouldBe(new Uri(address));
        reference.Model.ShouldBe(model);
        reference.IsOpenAi.ShouldBe(isOpenAi);
    }

    [Fact]
    public void What_is_special_about_an_endpoint_stands_behind_a_question_mark()
    {
        var azure = ModelReference.Parse("https://me.openai.azure.com/openai/deployments/my-gpt?api-version=2024-10-21").ShouldBeOfType<EndpointModelReference>();
        (azure.Endpoint, azure.Model, azure.Quirks.ApiVersion).ShouldBe((new Uri("https://me.openai.azure.com/openai/deployments/my-gpt"), "my-gpt", "2024-10-21"));

        var vllm = ModelReference.Parse("http://localhost:8000/v1?prefill=plain&temperature=server#org/m?x").ShouldBeOfType<EndpointModelReference>();
        (vllm.Endpoint, vllm.Model, vllm.Quirks.ToString()).ShouldBe((new Uri("http://localhost:8000/v1"), "org/m?x", "?prefill=plain&temperature=server"));

        ModelReference.Parse("openai:o9?temperature=server").ShouldBeOfType<EndpointModelReference>().Quirks.LeavesTemperature.ShouldBeTrue();
        var claude = ModelReference.Parse("anthropic:http://localhost:9#m").ShouldBeOfType<AnthropicModelReference>();
        (claude.Endpoint, claude.Model).ShouldBe((new Uri("http://localhost:9"), "m"));
        ModelReference.Parse("anthropic:claude-x").ShouldBeOfType<AnthropicModelReference>().Endpoint.Host.ShouldBe("api.anthropic.com");
    }

    [Theory]
    [InlineData("anthropic:", "names no model")]
    [InlineData("anthropic:http://localhost:9", "no model")]
    [InlineData("http-target:", "names no file")]
    [InlineData("http-target:no/such/file", "There is no file")]
    [InlineData("http://localhost/v1?key=secret#m", "The option 'key'")]
    [InlineData("http://localhost/v1?api-version=a&api-version=b#m", "says api-version twice")]
    [InlineData("http://localhost/v1?api-version=../secret#m", "The option 'api-version'")]
    [InlineData("openai:m?prefill=secret", "The option 'prefill'")]
    [InlineData("", "empty")]
    [InlineData("openai:", "names no model")]
    [InlineData("http://localhost:8080/v1", "no model")]
    [InlineData("http://localhost:8080/v1#", "no model")]
    [InlineData("ftp://localhost/v1#m", "no http")]
    [InlineData("http://me:secret@localhost/v1#m", "PLUMBLINE_API_KEY")]
    [InlineData("no/such/model", "no such folder")]
    [InlineData("bob+no/such/adapter", "There is no adapter")]
    [InlineData("bob+", "lacks a model")]
    public void What_means_nothing_is_told(string text, string expected)
    {
        var failure = Should.Throw<ModelReferenceException>(() => ModelReference.Parse(text));

        failure.Message.ShouldContain(expected);
        failure.Message.ShouldNotContain("secret");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Make(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
}
