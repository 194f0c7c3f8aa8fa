using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Decoding;

/// <summary>One decoder layer ready to run.</summary>
internal sealed record PreparedLayer
{
    public required Tensor AttentionNorm { get; init; }

    public required Projection Query { get; init; }

    public required Projection Key { get; init; }

    public required Projection Value { get; init; }

    public required Projection Output { get; init; }

    public Tensor? QueryNorm { get; init; }

    public Tensor? KeyNorm { get; init; }

    public required Tensor MlpNorm { get; init; }

    public required Projection Gate { get; init; }

    public required Projection Up { get; init; }

    public required Projection Down { get; init; }

    /// <summary>All projections.</summary>
    public IEnumerable<Projection> Projections => [Query, Key, Value, Output, Gate, Up, Down];
}
