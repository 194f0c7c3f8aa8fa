namespace Plumbline.Transformers.Checkpoints;

/// <summary>What a model's makers recommend for sampling (<c>generation_config.json</c>); unset where they say nothing.</summary>
public sealed record GenerationDefaults
{
    /// <summary>No recommendation at all.</summary>
    public static readonly GenerationDefaults None = new();

    /// <summary>Sample (true) or take the likeliest token (false).</summary>
    public bool? Sample { get; init; }

    /// <summary>Divides the logits; above 0.</summary>
    public float? Temperature { get; init; }

    /// <summary>Nucleus: the smallest set of tokens with at least this probability, in (0, 1].</summary>
    public float? TopP { get; init; }

    /// <summary>The likeliest so many tokens only.</summary>
    public int? TopK { get; init; }

    /// <summary>Divides (above 0) or multiplies (below) the logits of tokens that already occurred; 1 changes nothing.</summary>
    public float? RepetitionPenalty { get; init; }

    /// <summary>Longest answer in tokens.</summary>
    public int? MaxNewTokens { get; init; }

    /// <summary>Token that begins a text.</summary>
    public int? BeginToken { get; init; }

    /// <summary>Tokens that end an answer.</summary>
    public IReadOnlyList<int> EndTokens { get; init; } = [];

    /// <summary>Token that fills up a batch.</summary>
    public int? PadToken { get; init; }
}
