namespace Plumbline.Transformers.Checkpoints;

/// <summary>The shape of a decoder, as in a Hugging Face <c>config.json</c>.</summary>
public sealed record ModelConfig
{
    /// <summary>Which family's wiring.</summary>
    public required ModelFamily Family { get; init; }

    /// <summary>Rows of the embedding.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Width of the residual stream.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Width of the gated MLP.</summary>
    public required int IntermediateSize { get; init; }

    /// <summary>Decoder layers.</summary>
    public required int Layers { get; init; }

    /// <summary>Query heads.</summary>
    public required int Heads { get; init; }

    /// <summary>Key and value heads; divides <see cref="Heads"/>.</summary>
    public required int KeyValueHeads { get; init; }

    /// <summary>Width of one head; need not be <see cref="HiddenSize"/> ÷ <see cref="Heads"/>.</summary>
    public required int HeadSize { get; init; }

    /// <summary>Longest sequence.</summary>
    public required int MaxPositions { get; init; }

    /// <summary>Added under the root of the RMS norm.</summary>
    public float NormEpsilon { get; init; } = 1e-5f;

    /// <summary>Base of the rotary wavelengths.</summary>
    public float RopeTheta { get; init; } = 10_000f;

    /// <summary>Llama 3.1's wavelength stretching, if any.</summary>
    public Llama3RopeScaling? RopeScaling { get; init; }

    /// <summary>Keys older than this many positions are not attended to, if set.</summary>
    public int? SlidingWindow { get; init; }

    /// <summary>The output head is the embedding.</summary>
    public bool TiedEmbeddings { get; init; }

    /// <summary>Query, key and value projections have biases.</summary>
    public bool AttentionBias { get; init; }

    /// <summary>The attention's output projection has a bias (Llama's <c>attention_bias</c>, not Qwen2).</summary>
    public bool AttentionOutputBias { get; init; }

    /// <summary>Each head's query and key pass an RMS norm before the rotation.</summary>
    public bool QueryKeyNorm { get; init; }

    /// <summary>Token that begins a text, if the model has one.</summary>
    public int? BeginToken { get; init; }

    /// <summary>Tokens that end an answer.</summary>
    public IReadOnlyList<int> EndTokens { get; init; } = [];
}
