using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Models;

/// <summary>All weights of a decoder, and its shape.</summary>
public sealed record DecoderWeights
{
    /// <summary>The shape that the weights have been checked against.</summary>
    public required ModelConfig Config { get; init; }

    /// <summary>Token embedding: [vocabulary, hidden].</summary>
    public required Weight Embedding { get; init; }

    /// <summary>The layers, first to last.</summary>
    public required IReadOnlyList<LayerWeights> Layers { get; init; }

    /// <summary>RMS norm before the output head: [hidden].</summary>
    public required Weight FinalNorm { get; init; }

    /// <summary>Output head: [vocabulary, hidden]; the embedding itself where they are tied.</summary>
    public required Weight Head { get; init; }
}
