namespace Plumbline.Transformers.Checkpoints;

/// <summary>Llama 3.1's stretching of the rotary wavelengths (<c>rope_scaling.rope_type = "llama3"</c>).</summary>
public sealed record Llama3RopeScaling(float Factor, float LowFrequencyFactor, float HighFrequencyFactor, int OriginalMaxPositions);
