using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Models;

/// <summary>The weights of one decoder layer. Projections are [out, in]; q and k are in Hugging Face's half-split rotary order.</summary>
public sealed record LayerWeights
{
    /// <summary>RMS norm before attention: [hidden].</summary>
    public required Weight AttentionNorm { get; init; }

    /// <summary>Query projection: [heads × head, hidden].</summary>
    public required Weight Query { get; init; }

    /// <summary>Key projection: [kv heads × head, hidden].</summary>
    public required Weight Key { get; init; }

    /// <summary>Value projection: [kv heads × head, hidden].</summary>
    public required Weight Value { get; init; }

    /// <summary>Attention's output projection: [hidden, heads × head].</summary>
    public required Weight Output { get; init; }

    /// <summary>RMS norm before the MLP: [hidden].</summary>
    public required Weight MlpNorm { get; init; }

    /// <summary>Gate projection: [intermediate, hidden].</summary>
    public required Weight Gate { get; init; }

    /// <summary>Up projection: [intermediate, hidden].</summary>
    public required Weight Up { get; init; }

    /// <summary>Down projection: [hidden, intermediate].</summary>
    public required Weight Down { get; init; }

    /// <summary>Query bias, if the family has one.</summary>
    public Weight? QueryBias { get; init; }

    /// <summary>Key bias, if the family has one.</summary>
    public Weight? KeyBias { get; init; }

    /// <summary>Value bias, if the family has one.</summary>
    public Weight? ValueBias { get; init; }

    /// <summary>Bias of the attention's output, if the family has one.</summary>
    public Weight? OutputBias { get; init; }

    /// <summary>RMS norm of each head's query: [head], if the family has one.</summary>
    public Weight? QueryNorm { get; init; }

    /// <summary>RMS norm of each head's key: [head], if the family has one.</summary>
    public Weight? KeyNorm { get; init; }
}
