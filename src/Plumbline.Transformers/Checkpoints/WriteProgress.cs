namespace Plumbline.Transformers.Checkpoints;

/// <summary>How far the writing of a model's weights is.</summary>
/// <param name="Done">Bytes that are written.</param>
/// <param name="Total">Bytes in all.</param>
public readonly record struct WriteProgress(long Done, long Total);
