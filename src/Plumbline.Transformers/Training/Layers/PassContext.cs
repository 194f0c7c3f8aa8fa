using Plumbline.Transformers.Kernels;

namespace Plumbline.Transformers.Training.Layers;

/// <summary>What all layers of one pass share.</summary>
/// <param name="Team">Who works.</param>
/// <param name="Batch">The sequences.</param>
/// <param name="Rotation">Position embedding.</param>
/// <param name="Attention">Attention and its scratch.</param>
/// <param name="Key">Key of the pass's dropout masks; null: nothing is dropped.</param>
internal sealed record PassContext(WorkerTeam Team, PackedBatch Batch, Rotation Rotation, CausalAttention Attention, ulong? Key);
