namespace Plumbline.Transformers.Checkpoints.Gguf;

/// <summary>One tensor of a GGUF file's list: its shape, innermost dimension first as in the file, ggml's type, and where its bytes begin.</summary>
internal sealed record GgufTensor(string Name, IReadOnlyList<long> Shape, uint Type, long Offset);
