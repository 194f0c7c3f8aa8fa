using System.Text.Json;
using Plumbline.Datasets;
using Plumbline.Datasets.Conversations;
using Plumbline.Datasets.Writing;
using Plumbline.Transformers.Adapters;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Training;
using Plumbline.Tuning.Forging;
using Plumbline.Tuning.Recipes;
using Shouldly;
using Xunit;

namespace Plumbline.Tuning.Tests.Recipes;

public sealed class FineTuneTests : IClassFixture<MiniatureBob>, IDisposable
{
    readonly MiniatureBob bob;
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory();

    public FineTuneTests(MiniatureBob bob) => this.bob = bob;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Only_what_the_assistant_says_and_its_end_is_learned()
    {
        var model = await bob.LoadAsync();
        var example = new ConversationEncoder(model).Encode(new Conversation(
        [
            new ConversationTurn(ConversationRole.System, "sys"),
            new ConversationTurn(ConversationRole.User, "one"),
            new ConversationTurn(ConversationRole.Assistant, "two"),
            new ConversationTurn(ConversationRole.User, "three"),
            new ConversationTurn(ConversationRole.Assistant, "four"),
        ])).ShouldHaveSingleItem();

        var learned = example.Tokens.Where((_, i) => example.LossMask[i]).ToArray();
        model.Tokenizer.Decode(learned, skipSpecial: false).ShouldBe("two<|im_end|>four<|im_end|>");
        model.Tokenizer.Decode(example.Tokens, skipSpecial: false).ShouldBe(
            "<|im_start|>system\nsys<|im_end|>\n<|im_start|>user\none<|im_end|>\n<|im_start|>assistant\ntwo<|im_end|>\n<|im_start|>user\nthree<|im_end|>\n<|im_start|>assistant\nfour<|im_end|>\n");
    }

    [Fact]
    public async Task Lora_writes_an_adapter_that_fits_its_base_and_says_how_it_was_made()
    {
        var (document, path) = await TuneAsync(RecipeCatalog.Named("lora"));

        var model = await bob.LoadAsync();
        var adapter = LoraAdapter.Load(path);
        adapter.BaseModelIdentity.ShouldBe(model.BaseIdentity);
        model.WithAdapter(adapter).Identity.ShouldNotBe(model.Identity);
        var json = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(path, "tune.json"), Token)).RootElement;
        json.GetProperty("recipe").GetString().ShouldBe("lora");
        json.GetProperty("dataset").GetProperty("rows").GetInt32().ShouldBe(40);
        json.GetProperty("dataset").GetProperty("sha256").GetString()!.Length.ShouldBe(64);
        json.GetProperty("options").GetProperty("lora").GetProperty("rank").GetInt32().ShouldBe(8);
        document.LastLoss.ShouldBeLessThan(document.FirstLoss);
    }

    [Fact]
    public async Task An_adapter_trained_over_another_fits_that_model_merged_and_says_so()
    {
        var (_, first) = await TuneAsync(RecipeCatalog.Named("lora"), "first");
        var model = await bob.LoadAsync();
        var adapted = model.WithAdapter(LoraAdapter.Load(first));

        var (document, second) = await TuneAsync(RecipeCatalog.Named("lora"), "second", adapted);

        document.BaseModel.ShouldBe($"{model.Name}+{first}");
        var adapter = LoraAdapter.Load(second);
        adapted.Merged().WithAdapter(adapter).Adapter.ShouldNotBeNull();
        Should.Throw<CheckpointException>(() => model.WithAdapter(adapter)).Message.ShouldContain($"The adapter {second} was trained on {model.Name}+{first}");
    }

    [Fact]
    public async Task Full_writes_a_checkpoint()
    {
        var (_, path) = await TuneAsync(RecipeCatalog.Named("full"));

        using var tuned = LanguageModel.Load(path);
        tuned.Identity.ShouldNotBe((await bob.LoadAsync()).Identity);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_adapter()
    {
        var (_, first) = await TuneAsync(RecipeCatalog.Named("lora"), "first");
        var (_, second) = await TuneAsync(RecipeCatalog.Named("lora"), "second");

        (await File.ReadAllBytesAsync(Path.Combine(first, "adapter_model.safetensors"), Token))
            .ShouldBe(await File.ReadAllBytesAsync(Path.Combine(second, "adapter_model.safetensors"), Token));
    }

    [Fact]
    public async Task A_bad_row_is_found_before_training()
    {
        var path = Path.Combine(folder.FullName, "bad.jsonl");
        await File.WriteAllTextAsync(path, "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"}]}\n{\"messages\":1}\n", Token);

        var error = await Should.ThrowAsync<DatasetException>(async () => await FineTune.PrepareAsync(await bob.LoadAsync(), path, RecipeCatalog.Named("lora"), TimeProvider.System, Token));

        error.Message.ShouldContain("bad.jsonl, line 2, field 'messages'");
    }

    [Fact]
    public async Task An_unfinished_training_is_not_saved()
    {
        var data = await WriteRowsAsync();
        using var tune = await FineTune.PrepareAsync(await bob.LoadAsync(), data, RecipeCatalog.Named("lora"), TimeProvider.System, Token);

        await Should.ThrowAsync<InvalidOperationException>(() => tune.SaveAsync(Path.Combine(folder.FullName, "out"), Token));
    }

    async Task<(TuneDocument Document, string Path)> TuneAsync(Recipe recipe, string name = "out", LanguageModel? model = null)
    {
        var fast = recipe with { Options = recipe.Options with { LearningRate = 5e-3, BatchSize = 8, Epochs = 4, Threads = 1 } };
        using var tune = await FineTune.PrepareAsync(model ?? await bob.LoadAsync(), await WriteRowsAsync(), fast, TimeProvider.System, Token);
        await foreach (var _ in tune.RunAsync(Token)) { }
        var path = Path.Combine(folder.FullName, name);
        return (await tune.SaveAsync(path, Token), path);
    }

    async Task<string> WriteRowsAsync()
    {
        var path = Path.Combine(folder.FullName, "rows.jsonl");
        await ChatJsonlWriter.WriteAsync(path, Enumerable.Range(0, 40).Select(i => Conversation.Of($"say {i % 4}", $"well: {i % 4}")), Token);
        return path;
    }
}
