using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Adapters;

/// <summary>The two factors of a low-rank change to one projection: W + scale · B·A.</summary>
/// <param name="A">[rank, in].</param>
/// <param name="B">[out, rank].</param>
public sealed record LoraMatrix(Tensor A, Tensor B);
