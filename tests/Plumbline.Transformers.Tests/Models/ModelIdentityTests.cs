using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Transformers.Adapters;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Tensors;
using Shouldly;

namespace Plumbline.Transformers.Tests.Models;

/// <summary>Whatever of a model's files an answer depends on is in its identity, or a run would take answers of another model for this one's; and nothing else is.</summary>
public sealed class ModelIdentityTests : IDisposable
{
    private const string Wraps = "{% for message in messages %}{{ bos_token }}{{ message.role }}: {{ message.content }}{{ eos_token }}{% endfor %}";

    private readonly TemporaryFolder folder = new();

    public ModelIdentityTests()
    {
        using var bob = LanguageModel.Load(Fixture.Repository("models/bob"));
        bob.Save(Model, TestContext.Current.CancellationToken);
        Adapter(bob).Save(Tuned);
    }

    private string Model => folder.File("model");

    private string Tuned => folder.File("adapter");

    [Theory]
    [InlineData("config.json", "eos_token_id", "[2047, 2046]")]
    [InlineData("config.json", "bos_token_id", "2045")]
    [InlineData("config.json", "max_position_embeddings", "512")]
    [InlineData("config.json", "rope_theta", "20000")]
    [InlineData("config.json", "rms_norm_eps", "1e-6")]
    [InlineData("config.json", "rope_scaling", """{"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 512}""")]
    [InlineData("generation_config.json", "eos_token_id", "[2047, 2046]")]
    [InlineData("generation_config.json", "repetition_penalty", "1.3")]
    [InlineData("generation_config.json", "do_sample", "true")]
    [InlineData("generation_config.json", "top_p", "0.9")]
    [InlineData("generation_config.json", "top_k", "20")]
    [InlineData("generation_config.json", "max_new_tokens", "64")]
    [InlineData("tokenizer_config.json", "eos_token", "\"<|im_start|>\"")]
    [InlineData("tokenizer_config.json", "chat_template", "\"{{ messages[0].content }}\"")]
    public void AChangedFieldIsAnotherModel(string file, string field, string value)
    {
        var before = Identity();
        Set(file, field, value);

        Identity().ShouldNotBe(before);
    }

    [Theory]
    [InlineData("temperature", "0.6", "0.7")]
    [InlineData("top_p", "0.6", "0.7")]
    public void OfAModelThatSamplesHowItDoesIsIn(string field, string one, string other)
    {
        Set("generation_config.json", "do_sample", "true");
        Set("generation_config.json", field, one);
        var before = Identity();
        Set("generation_config.json", field, other);

        Identity().ShouldNotBe(before);
    }

    [Theory]
    [InlineData("bos_token")]
    [InlineData("eos_token")]
    public void ATokenThatTheTemplateShowsIsIn(string token)
    {
        Set("tokenizer_config.json", "chat_template", JsonValue.Create(Wraps)!.ToJsonString());
        // Both end an answer anyway, so that only the prompt differs.
        Set("generation_config.json", "eos_token_id", "[2047, 2046, 2045]");
        var before = Identity();
        Set("tokenizer_config.json", token, "\"<|im_start|>\"");

        Identity().ShouldNotBe(before);
    }

    [Fact]
    public void AnyBitOfTheWeightsIsIn()
    {
        var before = Identity();
        Flip(Path.Combine(Model, "model.safetensors"));

        Identity().ShouldNotBe(before);
    }

    [Fact]
    public void TheTokenizerIsIn()
    {
        var before = Identity();
        Edit("tokenizer.json", json => ((JsonArray)json["model"]!["merges"]!).RemoveAt(((JsonArray)json["model"]!["merges"]!).Count - 1));

        Identity().ShouldNotBe(before);
    }

    [Fact]
    public void ATemplateInAFileOfItsOwnIsIn()
    {
        var before = Identity();
        File.WriteAllText(Path.Combine(Model, "chat_template.jinja"), "{{ messages[0].content }}");

        Identity().ShouldNotBe(before);
    }

    [Theory]
    [InlineData("r")]
    [InlineData("lora_alpha")]
    [InlineData("use_rslora")]
    [InlineData("weights")]
    public void TheAdapterIsIn(string part)
    {
        var before = AdaptedIdentity();
        before.ShouldNotBe(Identity());
        switch (part)
        {
            case "r":
                using (var bob = LanguageModel.Load(Model)) Adapter(bob, rank: 2).Save(Tuned);
                break;
            case "weights":
                Flip(Path.Combine(Tuned, "adapter_model.safetensors"));
                break;
            default:
                Edit(Path.Combine(Tuned, "adapter_config.json"), json => json[part] = part == "lora_alpha" ? 3 : true);
                break;
        }

        AdaptedIdentity().ShouldNotBe(before);
    }

    [Theory]
    [InlineData("config.json", "torch_dtype", "\"float16\"")]
    [InlineData("config.json", "transformers_version", "\"4.50.0\"")]
    [InlineData("generation_config.json", "repetition_penalty", "1.0")]
    [InlineData("generation_config.json", "top_k", "0")]
    [InlineData("generation_config.json", "temperature", "0.7")]
    [InlineData("generation_config.json", "pad_token_id", "2046")]
    [InlineData("generation_config.json", "transformers_version", "\"4.50.0\"")]
    [InlineData("tokenizer_config.json", "bos_token", "\"<|im_start|>\"")]
    [InlineData("tokenizer_config.json", "model_max_length", "512")]
    public void WhatChangesNoAnswerIsNotIn(string file, string field, string value)
    {
        var before = Identity();
        Set(file, field, value);

        Identity().ShouldBe(before);
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("special_tokens_map.json")]
    [InlineData("tune.json")]
    public void AFileThatIsNotReadIsNotIn(string name)
    {
        var before = Identity();
        File.WriteAllText(Path.Combine(Model, name), "{}");

        Identity().ShouldBe(before);
    }

    [Fact]
    public void WithoutAGenerationConfigItIsTheModelWhoseConfigAddsNothing()
    {
        var before = Identity();
        File.Delete(Path.Combine(Model, "generation_config.json"));

        Identity().ShouldBe(before);
    }

    [Fact]
    public void AnAdapterFitsItsBaseHoweverThatEndsAndDrawsItsAnswers()
    {
        using (var bob = LanguageModel.Load(Model)) (Adapter(bob) with { BaseModelIdentity = bob.BaseIdentity }).Save(Tuned);
        Set("generation_config.json", "repetition_penalty", "1.3");

        using var again = LanguageModel.Load(Model);
        again.WithAdapter(LoraAdapter.Load(Tuned)).BaseIdentity.ShouldBe(again.BaseIdentity);
    }

    /// <summary>What is asked and how the answer is drawn may be another; what was trained is the same until a weight or an adapter changes it.</summary>
    [Fact]
    public void TheWeightsAreTheSameWhateverIsAroundThem()
    {
        using var before = LanguageModel.Load(Model);
        Set("generation_config.json", "repetition_penalty", "1.3");
        Set("tokenizer_config.json", "chat_template", "\"{{ messages[0].content }}\"");
        using var after = LanguageModel.Load(Model);

        (after.BaseIdentity == before.BaseIdentity, after.WeightsIdentity == before.WeightsIdentity).ShouldBe((false, true));

        using var tuned = after.WithAdapter(LoraAdapter.Load(Tuned));
        tuned.WeightsIdentity.ShouldBe(before.WithAdapter(LoraAdapter.Load(Tuned)).WeightsIdentity);
        tuned.WeightsIdentity.ShouldNotBe(before.WeightsIdentity);
        before.Save(folder.File("flipped"), TestContext.Current.CancellationToken);
        Flip(folder.File("flipped/model.safetensors"));
        using var flipped = LanguageModel.Load(folder.File("flipped"));
        flipped.WeightsIdentity.ShouldNotBe(before.WeightsIdentity);
    }

    /// <summary>What versions before knew a model by stands in their plans: the base's identity, and with an adapter a hash over that and the adapter, by hand here.</summary>
    [Fact]
    public void WhatEarlierVersionsCalledAModelIsKnown()
    {
        using var plain = LanguageModel.Load(Model);
        using var tuned = plain.WithAdapter(LoraAdapter.Load(Tuned));
        const string Module = "model.layers.1.self_attn.q_proj";
        var matrix = tuned.Adapter!.ByModule[Module];
        byte[] bytes =
        [
            .. BitConverter.GetBytes(64), .. Encoding.UTF8.GetBytes(plain.BaseIdentity), .. BitConverter.GetBytes(2f), .. BitConverter.GetBytes(Module.Length), .. Encoding.UTF8.GetBytes(Module),
            .. MemoryMarshal.AsBytes(matrix.A.Span), .. MemoryMarshal.AsBytes(matrix.B.Span),
        ];

        plain.EarlierIdentity.ShouldBe(plain.BaseIdentity);
        tuned.EarlierIdentity.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Set("generation_config.json", "repetition_penalty", "1.3");
        using var changed = LanguageModel.Load(Model);
        (changed.EarlierIdentity == plain.EarlierIdentity, changed.Identity == plain.Identity).ShouldBe((true, false));
    }

    public void Dispose() => folder.Dispose();

    private string Identity()
    {
        using var model = LanguageModel.Load(Model);
        return model.Identity;
    }

    private string AdaptedIdentity()
    {
        using var model = LanguageModel.Load(Model);
        return model.WithAdapter(LoraAdapter.Load(Tuned)).Identity;
    }

    private void Set(string file, string field, string value) => Edit(file, json => json[field] = JsonNode.Parse(value));

    private void Edit(string file, Action<JsonNode> change)
    {
        var path = Path.Combine(Model, file);
        var json = JsonNode.Parse(File.ReadAllText(path))!;
        change(json);
        File.WriteAllText(path, json.ToJsonString());
    }

    private static void Flip(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[^3] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    private static LoraAdapter Adapter(LanguageModel model, int rank = 4)
    {
        var (a, b) = (new Tensor(rank, model.Config.HiddenSize), new Tensor(model.Config.Heads * model.Config.HeadSize, rank));
        a.Span.Fill(0.1f);
        b.Span.Fill(0.1f);
        return new LoraAdapter { ByModule = new Dictionary<string, LoraMatrix> { ["model.layers.1.self_attn.q_proj"] = new(a, b) }, Rank = rank, Alpha = 8 };
    }
}
