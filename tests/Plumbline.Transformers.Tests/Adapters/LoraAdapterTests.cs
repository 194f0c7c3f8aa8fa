using System.Text.Json.Nodes;
using Plumbline.Transformers.Adapters;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Checkpoints.Safetensors;
using Plumbline.Transformers.Tensors;
using Plumbline.Transformers.Tests.Training;
using Plumbline.Transformers.Training;
using Shouldly;

namespace Plumbline.Transformers.Tests.Adapters;

public sealed class LoraAdapterTests
{
    [Fact]
    public void Reads_a_PEFT_folder()
    {
        var adapter = new ReferenceModel("tiny-qwen3").Adapter;
        adapter.Rank.ShouldBe(4);
        adapter.Scale.ShouldBe(2f);
        adapter.BaseModelName.ShouldBe("tiny-qwen3");
        adapter.ByModule.Count.ShouldBe(7);
        var down = adapter.ByModule["model.layers.1.mlp.down_proj"];
        (down.A.Rows, down.A.Columns, down.B.Rows, down.B.Columns).ShouldBe((4, 40, 24, 4));
    }

    [Fact]
    public void What_is_saved_is_read_back()
    {
        var adapter = new ReferenceModel("tiny-llama3").Adapter with { BaseModelIdentity = "abc", Dropout = 0.05f };
        using var folder = new TemporaryFolder();
        adapter.Save(folder.Path);
        var back = LoraAdapter.Load(folder.Path);
        (back.Rank, back.Alpha, back.Dropout, back.BaseModelIdentity, back.BaseModelName).ShouldBe((4, 8f, 0.05f, "abc", "tiny-llama3"));
        back.ByModule.Keys.Order().ShouldBe(adapter.ByModule.Keys.Order());
        foreach (var (module, matrix) in adapter.ByModule)
        {
            back.ByModule[module].A.Span.ToArray().ShouldBe(matrix.A.Span.ToArray());
            back.ByModule[module].B.Span.ToArray().ShouldBe(matrix.B.Span.ToArray());
        }

        var config = JsonNode.Parse(File.ReadAllText(folder.File("adapter_config.json")))!;
        config["peft_type"]!.GetValue<string>().ShouldBe("LORA");
        config["target_modules"]!.AsArray().Select(t => t!.GetValue<string>()).Order().ShouldBe(LoraOptions.AllLinear.Order());
        SafetensorsFile.Open(folder.File("adapter_model.safetensors")).Names.ShouldContain("base_model.model.model.layers.1.self_attn.q_proj.lora_A.weight");
    }

    [Fact]
    public void Merging_adds_scale_times_B_times_A()
    {
        using var weight = new Tensor(2, 3);
        weight.Span.Fill(1f);
        using var a = new Tensor(1, 3);
        new float[] { 1, 2, 3 }.CopyTo(a.Span);
        using var b = new Tensor(2, 1);
        new float[] { 10, -1 }.CopyTo(b.Span);
        var adapter = new LoraAdapter { ByModule = new Dictionary<string, LoraMatrix> { ["m"] = new(a, b) }, Rank = 1, Alpha = 0.5f };
        using var merged = adapter.Merge("m", new Weight("m", weight));
        merged.Span.ToArray().ShouldBe([6, 11, 16, 0.5f, 0, -0.5f]);
        weight.Span.ToArray().ShouldAllBe(v => v == 1f);
    }

    [Fact]
    public void Rank_stabilized_adapters_scale_by_the_root()
    {
        var adapter = new LoraAdapter { ByModule = new Dictionary<string, LoraMatrix>(), Rank = 16, Alpha = 8, RankStabilized = true };
        adapter.Scale.ShouldBe(2f);
    }

    [Fact]
    public void An_adapter_for_another_base_is_refused_with_what_differs()
    {
        var model = new ReferenceModel("tiny-llama3");
        var modules = LoraInitializer.Modules(model.Weights);
        model.Adapter.CheckFits(modules);
        Should.Throw<CheckpointException>(() => new ReferenceModel("tiny-llama").Adapter.CheckFits(modules)).Message.ShouldContain("model.layers.1.");
        Should.Throw<CheckpointException>(() => new ReferenceModel("tiny-mistral").Adapter.CheckFits(modules)).Message.ShouldContain("tiny-mistral");
        var identified = model.Adapter with { BaseModelIdentity = "one" };
        identified.CheckFits(modules, "one");
        identified.CheckFits(modules);
        Should.Throw<CheckpointException>(() => identified.CheckFits(modules, "another")).Message.ShouldContain("another");
    }

    [Theory]
    [InlineData("abc", null, "llama-chat", true)]
    [InlineData(null, "llama-chat", "llama-chat", true)]
    [InlineData(null, "meta-llama/Llama-Chat", "llama-chat", true)]
    [InlineData(null, "/models/llama-chat/", "llama-chat", true)]
    [InlineData(null, "C:\\models\\llama-chat", "llama-chat", true)]
    [InlineData(null, "meta-llama/llama-chat-2", "llama-chat", false)]
    [InlineData(null, "meta-llama/Llama-Chat", "meta-llama/llama-chat", true)]
    [InlineData(null, "somebody/llama-chat", "meta-llama/llama-chat", false)]
    [InlineData(null, "/models/llama-chat", "meta-llama/llama-chat", true)]
    [InlineData(null, "./llama-chat", "meta-llama/llama-chat", true)]
    [InlineData(null, "/models/hub/models--meta-llama--Llama-Chat/snapshots/0e9e39f249a16976918f6564b8830bc894c89659/", "meta-llama/llama-chat", true)]
    [InlineData(null, "/models/hub/models--meta-llama--Llama-Chat/snapshots/0e9e39f249a16976918f6564b8830bc894c89659/", "llama-chat", true)]
    [InlineData(null, "/models/hub/models--somebody--Llama-Chat/snapshots/0e9e39f249a16976918f6564b8830bc894c89659", "meta-llama/llama-chat", false)]
    [InlineData(null, " ", "llama-chat", false)]
    [InlineData(null, null, "llama-chat", false)]
    public void An_adapter_is_known_to_be_a_bases_by_identity_or_by_name(string? identity, string? name, string baseName, bool known)
    {
        var adapter = new LoraAdapter { ByModule = new Dictionary<string, LoraMatrix>(), Rank = 4, Alpha = 8, BaseModelIdentity = identity, BaseModelName = name };

        adapter.IsKnownToBeOf(baseName).ShouldBe(known);
    }

    [Theory]
    [InlineData("peft_type", "\"IA3\"", "IA3")]
    [InlineData("bias", "\"all\"", "bias")]
    [InlineData("use_dora", "true", "use_dora")]
    [InlineData("fan_in_fan_out", "true", "fan_in_fan_out")]
    [InlineData("modules_to_save", "[\"lm_head\"]", "modules_to_save")]
    [InlineData("layer_replication", "[[0, 2], [1, 2]]", "layer_replication")]
    [InlineData("rank_pattern", "{\"q_proj\": 2}", "rank_pattern")]
    [InlineData("r", "0", "rank")]
    [InlineData("r", "\"four\"", "field r")]
    [InlineData("r", "8", "rank 8")]
    [InlineData("lora_alpha", "null", "lora_alpha")]
    [InlineData("lora_alpha", "-1", "lora_alpha")]
    public void A_config_that_the_engine_does_not_compute_is_refused_by_field(string field, string value, string named)
    {
        using var folder = CopyOf("tiny-llama");
        var path = folder.File("adapter_config.json");
        var config = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        config[field] = JsonNode.Parse(value);
        File.WriteAllText(path, config.ToJsonString());
        Should.Throw<CheckpointException>(() => LoraAdapter.Load(folder.Path)).Message.ShouldContain(named);
    }

    [Fact]
    public void Missing_truncated_and_foreign_files_are_refused()
    {
        using var empty = new TemporaryFolder();
        Should.Throw<CheckpointException>(() => LoraAdapter.Load(empty.Path)).Message.ShouldContain("adapter_config.json");

        using var truncated = CopyOf("tiny-llama");
        var weights = truncated.File("adapter_model.safetensors");
        File.WriteAllBytes(weights, File.ReadAllBytes(weights)[..^10]);
        Should.Throw<CheckpointException>(() => LoraAdapter.Load(truncated.Path));

        using var foreign = CopyOf("tiny-llama");
        File.Copy(Path.Combine(new ReferenceModel("tiny-llama").Folder, "model.safetensors"), foreign.File("adapter_model.safetensors"), overwrite: true);
        Should.Throw<CheckpointException>(() => LoraAdapter.Load(foreign.Path)).Message.ShouldContain("lora_A");

        using var garbage = CopyOf("tiny-llama");
        File.WriteAllText(garbage.File("adapter_config.json"), "{ not json");
        Should.Throw<CheckpointException>(() => LoraAdapter.Load(garbage.Path)).Message.ShouldContain("adapter_config.json");
    }

    [Theory]
    [InlineData("{\"r\":4,\"r\":8,")]
    [InlineData("{\"base_model_name_or_path\":\"\\ud83d\",")]
    public void A_config_whose_fields_cannot_be_read_is_refused(string beginning)
    {
        using var folder = CopyOf("tiny-llama");
        var path = folder.File("adapter_config.json");
        var config = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        config.Remove("base_model_name_or_path");
        File.WriteAllText(path, beginning + config.ToJsonString()[1..]);
        Should.Throw<CheckpointException>(() => LoraAdapter.Load(folder.Path)).Message.ShouldContain(path);
    }

    private static TemporaryFolder CopyOf(string model)
    {
        var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(Path.Combine(new ReferenceModel(model).Folder, "adapter")))
            File.Copy(file, folder.File(Path.GetFileName(file)));
        return folder;
    }
}
