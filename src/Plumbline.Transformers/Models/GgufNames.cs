using Plumbline.Transformers.Checkpoints;

namespace Plumbline.Transformers.Models;

/// <summary>llama.cpp's names of a decoder's weights.</summary>
internal static class GgufNames
{
    private const string LayerPrefix = "model.layers.";

    private static readonly Dictionary<string, string> Whole = new(StringComparer.Ordinal)
    {
        [WeightLayout.Embedding] = "token_embd.weight",
        [WeightLayout.FinalNorm] = "output_norm.weight",
        [WeightLayout.Head] = "output.weight",
    };

    private static readonly Dictionary<string, string> Parts = new(StringComparer.Ordinal)
    {
        ["input_layernorm"] = "attn_norm",
        ["self_attn.q_proj"] = "attn_q",
        ["self_attn.k_proj"] = "attn_k",
        ["self_attn.v_proj"] = "attn_v",
        ["self_attn.o_proj"] = "attn_output",
        ["self_attn.q_norm"] = "attn_q_norm",
        ["self_attn.k_norm"] = "attn_k_norm",
        ["post_attention_layernorm"] = "ffn_norm",
        ["mlp.gate_proj"] = "ffn_gate",
        ["mlp.up_proj"] = "ffn_up",
        ["mlp.down_proj"] = "ffn_down",
    };

    /// <summary>llama.cpp's name of a weight that Hugging Face calls <paramref name="name"/>.</summary>
    public static string Of(string name)
    {
        if (Whole.TryGetValue(name, out var known))
            return known;
        var part = name.IndexOf('.', LayerPrefix.Length) + 1;
        var kind = name.LastIndexOf('.');
        return $"blk.{name[LayerPrefix.Length..(part - 1)]}.{Parts[name[part..kind]]}{name[kind..]}";
    }

    /// <summary>Whether llama.cpp orders the weight's rows in its own way: a Llama's queries and keys.</summary>
    public static bool HasOwnRowOrder(ModelConfig config, string name) => config.Family is ModelFamily.Llama or ModelFamily.Mistral
        && (name.Contains(".self_attn.q_proj.", StringComparison.Ordinal) || name.Contains(".self_attn.k_proj.", StringComparison.Ordinal));
}
