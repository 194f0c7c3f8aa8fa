using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Decoding;

/// <summary>What an adapter adds to a projection: scale · B · A · x.</summary>
/// <param name="Down">A: [rank, in].</param>
/// <param name="Up">B: [out, rank].</param>
/// <param name="Scale">alpha ÷ rank.</param>
internal sealed record LowRankDelta(Weight Down, Weight Up, float Scale);
