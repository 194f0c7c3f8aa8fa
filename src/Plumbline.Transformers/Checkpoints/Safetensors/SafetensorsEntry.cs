namespace Plumbline.Transformers.Checkpoints.Safetensors;

/// <summary>One tensor of a safetensors header: its dtype as written there, its shape, and where its bytes lie in the file.</summary>
internal sealed record SafetensorsEntry(string Name, string DType, IReadOnlyList<long> Shape, long Offset, long Length);
