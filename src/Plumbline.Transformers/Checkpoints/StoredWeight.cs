using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Checkpoints;

/// <summary>A weight as it shall be written: <paramref name="Vector"/> says that a single row is stored as one dimension, [n], not [1, n].</summary>
public sealed record StoredWeight(string Name, Weight Weight, bool Vector = false);
