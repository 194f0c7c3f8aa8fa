using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Checkpoints.HuggingFace;
using Shouldly;

namespace Plumbline.Transformers.Tests.Checkpoints.HuggingFace;

/// <summary>What is read and applied, what would change an answer elsewhere, and what may be passed over.</summary>
public sealed class GenerationConfigFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("num_beams", "4", "num_beams 4")]
    [InlineData("num_beam_groups", "2", "num_beam_groups 2")]
    [InlineData("diversity_penalty", "0.5", "diversity_penalty 0.5")]
    [InlineData("penalty_alpha", "0.6", "penalty_alpha 0.6")]
    [InlineData("dola_layers", "\"low\"", "dola_layers")]
    [InlineData("guidance_scale", "1.5", "guidance_scale 1.5")]
    [InlineData("no_repeat_ngram_size", "3", "no_repeat_ngram_size 3")]
    [InlineData("encoder_no_repeat_ngram_size", "3", "encoder_no_repeat_ngram_size 3")]
    [InlineData("encoder_repetition_penalty", "1.1", "encoder_repetition_penalty 1.1")]
    [InlineData("min_length", "5", "min_length 5")]
    [InlineData("min_new_tokens", "5", "min_new_tokens 5")]
    [InlineData("exponential_decay_length_penalty", "[10, 1.1]", "exponential_decay_length_penalty")]
    [InlineData("bad_words_ids", "[[1, 2]]", "bad_words_ids")]
    [InlineData("force_words_ids", "[[1, 2]]", "force_words_ids")]
    [InlineData("constraints", "[{}]", "constraints")]
    [InlineData("sequence_bias", "[[[1], -10.0]]", "sequence_bias")]
    [InlineData("suppress_tokens", "[7]", "suppress_tokens")]
    [InlineData("begin_suppress_tokens", "[7]", "begin_suppress_tokens")]
    [InlineData("forced_bos_token_id", "0", "forced_bos_token_id 0")]
    [InlineData("forced_eos_token_id", "2", "forced_eos_token_id 2")]
    [InlineData("forced_eos_token_id", "[2, 3]", "forced_eos_token_id")]
    [InlineData("stop_strings", "\"###\"", "stop_strings")]
    [InlineData("token_healing", "true", "token_healing")]
    [InlineData("watermarking_config", "{\"bias\": 2.0}", "watermarking_config")]
    public void A_field_that_changes_any_answer_elsewhere_is_named_with_its_number(string field, string value, string told)
    {
        var defaults = Read($$"""{"{{field}}": {{value}}}""");

        defaults.Unapplied.ShouldBe([told]);
        defaults.UnappliedWhereDrawn.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("min_p", "0.05", "min_p 0.05")]
    [InlineData("typical_p", "0.9", "typical_p 0.9")]
    [InlineData("top_h", "0.4", "top_h 0.4")]
    [InlineData("epsilon_cutoff", "3e-4", "epsilon_cutoff 3e-4")]
    [InlineData("eta_cutoff", "3e-4", "eta_cutoff 3e-4")]
    public void A_field_that_changes_what_is_drawn_stands_apart(string field, string value, string told)
    {
        var defaults = Read($$"""{"{{field}}": {{value}}}""");

        defaults.Unapplied.ShouldBeEmpty();
        defaults.UnappliedWhereDrawn.ShouldBe([told]);
    }

    /// <summary>No answer could be given with it, greedy or drawn: it is told before anything is begun.</summary>
    [Theory]
    [InlineData("0")]
    [InlineData("-1.5")]
    [InlineData("1e-320")]
    public void A_repetition_penalty_that_is_not_above_0_is_refused_with_its_field(string value) =>
        Should.Throw<CheckpointException>(() => Read($$"""{"repetition_penalty": {{value}}}""")).Message.ShouldMatch("generation_config.json: the field repetition_penalty is .*; expected a number above 0");

    /// <summary>What transformers writes where nobody asked for anything, what the engine applies, and what no answer depends on.</summary>
    [Fact]
    public void What_changes_no_answer_or_is_applied_is_not_named()
    {
        var defaults = Read("""
            {
              "_from_model_config": true, "transformers_version": "4.51.0", "use_cache": true, "cache_implementation": "static", "return_legacy_cache": true, "pad_token_id": 0,
              "bos_token_id": 1, "eos_token_id": [2, 3], "do_sample": true, "temperature": 0.6, "top_p": 0.9, "top_k": 20, "repetition_penalty": 1.05, "max_new_tokens": 64, "max_length": 4096,
              "num_beams": 1, "num_beam_groups": 1, "diversity_penalty": 0.0, "length_penalty": 1.0, "early_stopping": false, "penalty_alpha": null, "guidance_scale": 1.0, "dola_layers": null,
              "no_repeat_ngram_size": 0, "encoder_no_repeat_ngram_size": 0, "encoder_repetition_penalty": 1.0, "min_length": 0, "min_new_tokens": null, "bad_words_ids": [], "sequence_bias": {},
              "suppress_tokens": null, "stop_strings": "", "token_healing": false, "watermarking_config": null, "min_p": 0.0, "typical_p": 1.0, "epsilon_cutoff": 0.0, "eta_cutoff": 0,
              "num_return_sequences": 1, "output_attentions": false, "output_scores": true, "assistant_confidence_threshold": 0.4, "num_assistant_tokens": 20, "a_makers_own": [1]
            }
            """);

        defaults.Unapplied.ShouldBeEmpty();
        defaults.UnappliedWhereDrawn.ShouldBeEmpty();
        (defaults.RepetitionPenalty, defaults.TopP, defaults.TopK, defaults.MaxNewTokens).ShouldBe((1.05f, 0.9f, 20, 64));
    }

    public void Dispose() => folder.Dispose();

    private Plumbline.Transformers.Checkpoints.GenerationDefaults Read(string json)
    {
        File.WriteAllText(folder.File(GenerationConfigFile.Name), json);
        return GenerationConfigFile.Read(folder.Path);
    }
}
