using FsCheck;
using FsCheck.Fluent;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Checkpoints.HuggingFace;
using Shouldly;

namespace Plumbline.Transformers.Tests.Checkpoints.HuggingFace;

public sealed class ConfigFileTests
{
    private const string Llama32 = """
        {"architectures":["LlamaForCausalLM"],"attention_bias":false,"bos_token_id":128000,"eos_token_id":[128001,128008,128009],"head_dim":64,
        "hidden_act":"silu","hidden_size":2048,"intermediate_size":8192,"max_position_embeddings":131072,"mlp_bias":false,"model_type":"llama",
        "num_attention_heads":32,"num_hidden_layers":16,"num_key_value_heads":8,"rms_norm_eps":1e-05,
        "rope_scaling":{"factor":32.0,"high_freq_factor":4.0,"low_freq_factor":1.0,"original_max_position_embeddings":8192,"rope_type":"llama3"},
        "rope_theta":500000.0,"tie_word_embeddings":true,"torch_dtype":"bfloat16","vocab_size":128256}
        """;

    [Fact]
    public void Llama32IsReadWithItsRopeScaling()
    {
        var config = Read(Llama32);

        config.RopeScaling.ShouldBe(new Llama3RopeScaling(32, 1, 4, 8192));
        config.EndTokens.ShouldBe([128001, 128008, 128009]);
        config.TiedEmbeddings.ShouldBeTrue();
        (config.HeadSize, config.KeyValueHeads, config.RopeTheta, config.NormEpsilon).ShouldBe((64, 8, 500000f, 1e-5f));
    }

    [Fact]
    public void Qwen2HasBiasesOnQueryKeyAndValueOnlyAndNoWindowUnlessUsed()
    {
        var config = Read("""
            {"model_type":"qwen2","hidden_act":"silu","hidden_size":896,"intermediate_size":4864,"max_position_embeddings":32768,"max_window_layers":21,
            "num_attention_heads":14,"num_hidden_layers":24,"num_key_value_heads":2,"rms_norm_eps":1e-06,"rope_theta":1000000.0,"sliding_window":32768,
            "tie_word_embeddings":true,"use_sliding_window":false,"vocab_size":151936}
            """);

        (config.AttentionBias, config.AttentionOutputBias, config.SlidingWindow, config.HeadSize).ShouldBe((true, false, null, 64));
    }

    [Theory]
    [InlineData(ModelFamily.Llama)]
    [InlineData(ModelFamily.Mistral)]
    [InlineData(ModelFamily.Qwen2)]
    [InlineData(ModelFamily.Qwen3)]
    public void EveryFamilyReadsBackAsWritten(ModelFamily family)
    {
        using var folder = new TemporaryFolder();
        var config = TinyModel.Config(family) with
        {
            RopeScaling = family == ModelFamily.Llama ? new Llama3RopeScaling(8, 1, 4, 64) : null,
            EndTokens = [2, 3],
        };
        ConfigFile.Write(folder.File("config.json"), config, "float32");

        var read = ConfigFile.Read(folder.File("config.json"));

        read.EndTokens.ShouldBe(config.EndTokens);
        (read with { EndTokens = config.EndTokens }).ShouldBe(config);
    }

    [Theory]
    [InlineData("\"model_type\":\"llama\"", "\"model_type\":\"gpt_neox\"", "gpt_neox")]
    [InlineData("\"model_type\":\"llama\"", "\"model_type\":\"\\ud83d\"", "half of a surrogate pair")]
    [InlineData("LlamaForCausalLM", "MixtralForCausalLM", "model_type is 'llama' and architectures names 'MixtralForCausalLM'")]
    [InlineData("LlamaForCausalLM", "LlamaForSequenceClassification", "model_type is 'llama' and architectures names 'LlamaForSequenceClassification'")]
    [InlineData("\"model_type\":\"llama\"", "\"model_type\":\"qwen2\"", "model_type is 'qwen2' and architectures names 'LlamaForCausalLM'")]
    [InlineData("[\"LlamaForCausalLM\"]", "\"LlamaForCausalLM\"", "a list of texts")]
    [InlineData("[\"LlamaForCausalLM\"]", "[1]", "a list of texts")]
    [InlineData("\"rope_type\":\"llama3\"", "\"rope_type\":\"yarn\"", "yarn")]
    [InlineData("\"hidden_act\":\"silu\"", "\"hidden_act\":\"gelu\"", "gelu")]
    [InlineData("\"mlp_bias\":false", "\"mlp_bias\":true", "mlp_bias")]
    [InlineData("\"num_hidden_layers\":16", "\"num_hidden_layers\":\"many\"", "num_hidden_layers is \"many\"")]
    [InlineData("\"num_hidden_layers\":16,", "", "num_hidden_layers is missing")]
    [InlineData("\"num_key_value_heads\":8", "\"num_key_value_heads\":7", "7 key/value heads")]
    [InlineData("\"head_dim\":64", "\"head_dim\":63", "even")]
    [InlineData("\"head_dim\":64", "\"head_dim\":1073741824", "too wide")]
    [InlineData("\"factor\":32.0,", "", "rope_scaling.factor is missing")]
    [InlineData("\"vocab_size\":128256", "\"vocab_size\":128256,\"quantization_config\":{}", "quantised")]
    [InlineData("{", "[", "JSON")]
    public void WhatTheEngineCannotComputeIsNamed(string from, string to, string named)
    {
        Llama32.ShouldContain(from);

        Should.Throw<CheckpointException>(() => Read(Llama32.Replace(from, to, StringComparison.Ordinal))).Message.ShouldContain(named);
    }

    [Fact]
    public void DamageAnywhereIsAnErrorOrAShape()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("config.json");
        Prop.ForAll(Gen.Choose(0, Llama32.Length - 1).Zip(Gen.Choose(32, 126)).ListOf(2).ToArbitrary(), hits =>
        {
            var damaged = Llama32.ToCharArray();
            foreach (var (position, letter) in hits)
                damaged[position] = (char)letter;
            File.WriteAllText(path, new string(damaged));
            try
            {
                ConfigFile.Read(path).Heads.ShouldBePositive();
            }
            catch (CheckpointException error)
            {
                error.Message.ShouldContain(path);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void GenerationDefaultsReadBackAsWritten()
    {
        using var folder = new TemporaryFolder();
        var defaults = new GenerationDefaults { Sample = true, Temperature = 0.6f, TopP = 0.9f, TopK = 20, BeginToken = 1, EndTokens = [2, 5] };
        GenerationConfigFile.Write(folder.Path, defaults);

        var read = GenerationConfigFile.Read(folder.Path);

        read.EndTokens.ShouldBe(defaults.EndTokens);
        (read with { EndTokens = defaults.EndTokens }).ShouldBe(defaults);
    }

    private static ModelConfig Read(string json)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("config.json"), json);
        return ConfigFile.Read(folder.File("config.json"));
    }
}
