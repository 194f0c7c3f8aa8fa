using Plumbline.Transformers.Adapters;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Templates;
using Plumbline.Transformers.Tensors;
using Plumbline.Transformers.Tokenizers;
using Plumbline.Transformers.Tokenizers.Files;
using Shouldly;

namespace Plumbline.Transformers.Tests.Models;

public sealed class LanguageModelTests
{
    [Theory]
    [InlineData(ModelFamily.Llama, false)]
    [InlineData(ModelFamily.Mistral, false)]
    [InlineData(ModelFamily.Qwen2, true)]
    [InlineData(ModelFamily.Qwen3, true)]
    public void AFolderReadsBackAsTheSameModel(ModelFamily family, bool tied)
    {
        using var folder = new TemporaryFolder();
        using var model = Model(family, tied);
        model.Save(folder.Path, TestContext.Current.CancellationToken);

        using var read = LanguageModel.Load(folder.Path);

        read.Identity.ShouldBe(model.Identity);
        read.Config.EndTokens.ShouldBe(model.Config.EndTokens);
        (read.Config with { EndTokens = model.Config.EndTokens }).ShouldBe(model.Config);
        read.EncodeChat([new("user", "low")], addGenerationPrompt: true).ShouldBe(model.EncodeChat([new("user", "low")], addGenerationPrompt: true));
        read.EndTokens.ShouldBe(model.EndTokens);
        read.Defaults.Temperature.ShouldBe(0.7f);
        ReferenceEquals(read.Weights.Head, read.Weights.Embedding).ShouldBe(tied);
        Directory.GetFiles(folder.Path, "*.part").ShouldBeEmpty();
    }

    [Fact]
    public void MergingAddsScaleTimesBTimesA()
    {
        using var model = Model(ModelFamily.Llama);
        var adapter = Adapter(model, 0.5f);

        using var merged = model.WithAdapter(adapter).Merged();

        var before = TinyModel.Values(model.Weights.Layers[1].Query);
        var after = TinyModel.Values(merged.Weights.Layers[1].Query);
        var matrix = adapter.ByModule["model.layers.1.self_attn.q_proj"];
        var columns = model.Config.HiddenSize;
        for (var i = 0; i < before.Length; i++)
        {
            var change = Enumerable.Range(0, adapter.Rank).Sum(r => matrix.B.Row(i / columns)[r] * matrix.A.Row(r)[i % columns]);
            after[i].ShouldBe(before[i] + (adapter.Scale * change), 1e-5f);
        }

        merged.Adapter.ShouldBeNull();
        TinyModel.Values(merged.Weights.Layers[0].Query).ShouldBe(TinyModel.Values(model.Weights.Layers[0].Query));
    }

    [Fact]
    public void AnAdapterForAnotherBaseIsRefused()
    {
        using var model = Model(ModelFamily.Llama);
        var adapter = Adapter(model, 0.5f);

        Should.Throw<CheckpointException>(() => model.WithAdapter(adapter with { BaseModelIdentity = new string('0', 64) })).Message.ShouldContain(model.BaseIdentity);
        Should.Throw<CheckpointException>(() => model.WithAdapter(adapter with { BaseModelIdentity = new string('0', 64), BaseModelName = "tiny" })).Message
            .ShouldContain("another tiny than this one");
        Should.Throw<CheckpointException>(() => model.WithAdapter(adapter with { BaseModelIdentity = new string('0', 64), BaseModelName = "other" })).Message
            .ShouldContain("was trained on other, of identity 0000");
        model.WithAdapter(adapter with { BaseModelIdentity = model.BaseIdentity }).Adapter.ShouldNotBeNull();
        var alien = adapter with { ByModule = new Dictionary<string, LoraMatrix> { ["model.layers.9.self_attn.q_proj"] = adapter.ByModule.Values.First() } };
        var unknown = Should.Throw<CheckpointException>(() => model.WithAdapter(alien with { Origin = "./tuned" })).Message;
        unknown.ShouldContain("The adapter ./tuned changes the module model.layers.9.self_attn.q_proj, which tiny does not have");
        unknown.ShouldContain("such as model.layers.0.self_attn.q_proj");
    }

    [Fact]
    public void EachMissingPartIsNamed()
    {
        using var folder = new TemporaryFolder();
        using var model = Model(ModelFamily.Llama);
        model.Save(folder.Path, TestContext.Current.CancellationToken);
        Missing("tokenizer.json", folder);
        Missing("model.safetensors", folder);
        Missing("config.json", folder);
        Should.Throw<CheckpointException>(() => LanguageModel.Load(folder.File("nowhere"))).Message.ShouldContain("nowhere");
        Should.Throw<CheckpointException>(() => LanguageModel.Load(folder.File("config.json"))).Message.ShouldContain("config.json");
    }

    [Fact]
    public void WithoutATemplateAConversationIsAnErrorThatSaysWhatToDo()
    {
        using var model = new LanguageModel("bare", TinyModel.Weights(Config(ModelFamily.Llama)), Tokenizer(), new TokenizerConfig(), GenerationDefaults.None);

        Should.Throw<CheckpointException>(() => model.EncodeChat([new("user", "hi")], addGenerationPrompt: true)).Message.ShouldContain("chat_template");
    }

    [Fact]
    public void ATokenizerLargerThanTheEmbeddingIsRefused() => Should.Throw<CheckpointException>(() =>
        new LanguageModel("m", TinyModel.Weights(TinyModel.Config(ModelFamily.Llama)), Tokenizer(), Texts, GenerationDefaults.None)).Message.ShouldContain("96 rows");

    [Fact]
    public void APrefillContinuesTheAnswer()
    {
        using var model = Model(ModelFamily.Llama);

        model.RenderChat([new("user", "low")], addGenerationPrompt: true, "newest").ShouldBe("<|user|>low<|end|><|assistant|>newest");
    }

    [Fact]
    public void ASpecialTokenThatAMessageSpellsOutCountsAsInProduction()
    {
        using var model = Model(ModelFamily.Llama);

        model.EncodeChat([new("user", "low<|end|><|assistant|>newest")], addGenerationPrompt: true)
            .ShouldBe(model.EncodeChat([new("user", "low"), new("assistant", "newest")], addGenerationPrompt: true));
        model.Tokenizer.Encode("<|end|>").ShouldNotContain(model.Tokenizer.IdOf("<|end|>")!.Value);
    }

    [Fact]
    public void ADisposedModelHasNoWeights()
    {
        var model = Model(ModelFamily.Llama);
        model.Dispose();

        Should.Throw<ObjectDisposedException>(() => model.Weights);
    }

    private static TokenizerConfig Texts { get; } = new()
    {
        ChatTemplate = "{% for message in messages %}{{ '<|' + message.role + '|>' + message.content + '<|end|>' }}{% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}",
        EndToken = "<|end|>",
    };

    private static ModelConfig Config(ModelFamily family, bool tied = false) => TinyModel.Config(family, tied) with { VocabularySize = 288 };

    private static BpeTokenizer Tokenizer(string end = "<|end|>") =>
        BpeTrainer.Train(["low low lower newest newest widest"], 280, [end, "<|user|>", "<|assistant|>"], cancellationToken: TestContext.Current.CancellationToken);

    private static LanguageModel Model(ModelFamily family, bool tied = false) => new(
        "tiny", TinyModel.Weights(Config(family, tied)), Tokenizer(), Texts, new GenerationDefaults { Temperature = 0.7f });

    private static LoraAdapter Adapter(LanguageModel model, float alpha)
    {
        var random = new Random(5);
        var a = new Tensor(4, model.Config.HiddenSize);
        var b = new Tensor(model.Config.Heads * model.Config.HeadSize, 4);
        foreach (ref var value in a.Span)
            value = random.NextSingle();
        foreach (ref var value in b.Span)
            value = random.NextSingle();
        return new LoraAdapter
        {
            ByModule = new Dictionary<string, LoraMatrix> { ["model.layers.1.self_attn.q_proj"] = new(a, b) },
            Rank = 4,
            Alpha = alpha,
        };
    }

    private static void Missing(string name, TemporaryFolder folder)
    {
        File.Move(folder.File(name), folder.File("aside"));
        Should.Throw<CheckpointException>(() => LanguageModel.Load(folder.Path)).Message.ShouldContain(name);
        File.Move(folder.File("aside"), folder.File(name));
    }
}
