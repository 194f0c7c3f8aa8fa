namespace Plumbline.Transformers.Training.Layers;

/// <summary>The widths of a decoder's layers.</summary>
/// <param name="Hidden">Of the residual stream.</param>
/// <param name="Intermediate">Of the MLP.</param>
/// <param name="Attention">Of attention.</param>
/// <param name="QueryKeyNorm">Whether each head's query and key are normed.</param>
/// <param name="NormEpsilon">Added under the root of every norm.</param>
internal sealed record LayerSize(int Hidden, int Intermediate, AttentionShape Attention, bool QueryKeyNorm, float NormEpsilon);
