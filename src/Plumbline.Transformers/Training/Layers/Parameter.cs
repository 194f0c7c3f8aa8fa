namespace Plumbline.Transformers.Training.Layers;

/// <summary>
/// A row-major matrix (or vector of one row) that training changes: a view into the flat value and gradient buffers of a
/// <see cref="ParameterStore"/>. Projections that share an input lie in one parameter, part under part, so that they are one product.
/// </summary>
internal sealed unsafe class Parameter
{
    private readonly ParameterStore store;

    internal Parameter(ParameterStore store, long offset, IReadOnlyList<ParameterPart> parts, int columns, bool decays)
    {
        this.store = store;
        Offset = offset;
        Parts = parts;
        Columns = columns;
        Rows = parts[^1].FirstRow + parts[^1].Rows;
        Decays = decays;
    }

    /// <summary>What its rows are called in a checkpoint.</summary>
    public IReadOnlyList<ParameterPart> Parts { get; }

    public int Rows { get; }

    public int Columns { get; }

    public long Length => (long)Rows * Columns;

    /// <summary>Where it begins in the store's flat buffers, in values.</summary>
    public long Offset { get; }

    /// <summary>Whether weight decay applies: to matrices, not to norms and biases.</summary>
    public bool Decays { get; }

    public float* Value => store.Values + Offset;

    public float* Gradient => store.Gradients + Offset;

    public Span<float> ValueSpan => new(Value, checked((int)Length));

    public Span<float> GradientSpan => new(Gradient, checked((int)Length));
}
