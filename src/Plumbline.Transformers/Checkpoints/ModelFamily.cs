namespace Plumbline.Transformers.Checkpoints;

/// <summary>The decoder families that the engine knows; they differ in biases and norms only.</summary>
public enum ModelFamily
{
    /// <summary>Llama 1 to 3.</summary>
    Llama,

    /// <summary>Mistral: Llama with grouped queries and, in its first version, a sliding window.</summary>
    Mistral,

    /// <summary>Qwen2: biases on query, key and value.</summary>
    Qwen2,

    /// <summary>Qwen3: an RMS norm on each head's query and key, no biases.</summary>
    Qwen3,
}
