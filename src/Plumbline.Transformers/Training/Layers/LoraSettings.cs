namespace Plumbline.Transformers.Training.Layers;

/// <summary>What all adapted projections of a decoder have in common.</summary>
/// <param name="Rank">Inner width of an adapter.</param>
/// <param name="Scale">Factor of B·A: alpha ÷ rank.</param>
/// <param name="Dropout">Probability that a value of an adapter's input is left out.</param>
internal sealed record LoraSettings(int Rank, float Scale, float Dropout);
