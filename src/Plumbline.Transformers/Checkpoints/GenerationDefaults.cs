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

    /// <summary>What else they recommend that changes answers elsewhere, such as <c>num_beams 4</c>: the engine does not apply it.</summary>
    public IReadOnlyList<string> Unapplied { get; init; } = [];

    /// <summary>The same of what only changes answers that are drawn at random, such as <c>min_p 0.05</c>.</summary>
    public IReadOnlyList<string> UnappliedWhereDrawn { get; init; } = [];

    /// <summary>The temperature of a request that names none: only who is to sample has one above 0.</summary>
    public float UsualTemperature => Sample == true ? Temperature ?? 1f : 0f;

    /// <summary>How many of the likeliest tokens a request chooses from that does not say so; 0 for all.</summary>
    public int UsualTopK => TopK ?? 0;

    /// <summary>The nucleus of a request that names none.</summary>
    public float UsualTopP => TopP ?? 1f;

    /// <summary>The repetition penalty of every request.</summary>
    public float UsualRepetitionPenalty => RepetitionPenalty ?? 1f;
}
