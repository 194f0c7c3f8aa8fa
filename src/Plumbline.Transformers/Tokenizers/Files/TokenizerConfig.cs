namespace Plumbline.Transformers.Tokenizers.Files;

/// <summary>What a <c>tokenizer_config.json</c> says beside the tokenizer itself: the chat template, and which tokens play which part.</summary>
public sealed record TokenizerConfig
{
    /// <summary>The chat template's Jinja text.</summary>
    public string? ChatTemplate { get; init; }

    /// <summary>The text of the token that begins a text.</summary>
    public string? BeginToken { get; init; }

    /// <summary>The text of the token that ends an answer.</summary>
    public string? EndToken { get; init; }

    /// <summary>The text of the token that fills up a batch.</summary>
    public string? PadToken { get; init; }

    /// <summary>The text of the token for what is no token.</summary>
    public string? UnknownToken { get; init; }
}
