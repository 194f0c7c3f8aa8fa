namespace Plumbline.Transformers.Training;

/// <summary>Low-rank adapters instead of full training. After Hu et al., "LoRA", 2021.</summary>
public sealed record LoraOptions
{
    /// <summary>Every projection of attention and MLP.</summary>
    public static readonly IReadOnlyList<string> AllLinear = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"];

    /// <summary>Inner width; at least 1.</summary>
    public int Rank { get; init; } = 8;

    /// <summary>The adapter counts alpha ÷ rank times.</summary>
    public float Alpha { get; init; } = 16;

    /// <summary>Probability in [0, 1) that a value of an adapter's input is left out.</summary>
    public float Dropout { get; init; }

    /// <summary>Which projections, by the last part of their module's name.</summary>
    public IReadOnlyList<string> Targets { get; init; } = AllLinear;
}
