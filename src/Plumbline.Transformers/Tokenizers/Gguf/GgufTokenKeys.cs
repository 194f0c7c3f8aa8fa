namespace Plumbline.Transformers.Tokenizers.Gguf;

/// <summary>The metadata keys of a GGUF tokenizer.</summary>
internal static class GgufTokenKeys
{
    public const string Model = "tokenizer.ggml.model";
    public const string Pre = "tokenizer.ggml.pre";
    public const string Tokens = "tokenizer.ggml.tokens";
    public const string Types = "tokenizer.ggml.token_type";
    public const string Scores = "tokenizer.ggml.scores";
    public const string Merges = "tokenizer.ggml.merges";
    public const string Begin = "tokenizer.ggml.bos_token_id";
    public const string End = "tokenizer.ggml.eos_token_id";
    public const string EndOfTurn = "tokenizer.ggml.eot_token_id";
    public const string Pad = "tokenizer.ggml.padding_token_id";
    public const string Unknown = "tokenizer.ggml.unknown_token_id";
    public const string AddBegin = "tokenizer.ggml.add_bos_token";
    public const string AddEnd = "tokenizer.ggml.add_eos_token";
    public const string AddSpacePrefix = "tokenizer.ggml.add_space_prefix";
    public const string Template = "tokenizer.chat_template";

    /// <summary>A whole <c>tokenizer.json</c>, which says more than the keys above.</summary>
    public const string HuggingFace = "tokenizer.huggingface.json";
}
