namespace Plumbline.Transformers.Training.Layers;

/// <summary>
/// All parameters of a decoder in one flat buffer of values and one of gradients, so that clipping, the optimizer and checkpoints are
/// single passes. Parameters are declared first; the buffers come into being at the first use, which may be that of several threads at once.
/// </summary>
internal sealed unsafe class ParameterStore : IDisposable
{
    private const int AlignmentInValues = 16;
    private readonly List<Parameter> parameters = [];
    private readonly Lazy<FlatBuffer> values;
    private readonly Lazy<FlatBuffer> gradients;

    public ParameterStore()
    {
        values = new Lazy<FlatBuffer>(() => new FlatBuffer(Length));
        gradients = new Lazy<FlatBuffer>(() => new FlatBuffer(Length));
    }

    public IReadOnlyList<Parameter> Parameters => parameters;

    /// <summary>Values in the flat buffers; a little more than the parameters have, as each begins on a cache line.</summary>
    public long Length { get; private set; }

    /// <summary>Values that training changes.</summary>
    public long ParameterCount => parameters.Sum(p => p.Length);

    public FlatBuffer ValueBuffer => values.Value;

    public float* Values => ValueBuffer.Pointer;

    public float* Gradients => gradients.Value.Pointer;

    public Parameter Add(IReadOnlyList<ParameterPart> parts, int columns, bool decays)
    {
        if (values.IsValueCreated || gradients.IsValueCreated)
            throw new InvalidOperationException("Parameters are declared before the first of them is used.");
        var parameter = new Parameter(this, Length, parts, columns, decays);
        parameters.Add(parameter);
        Length += (parameter.Length + AlignmentInValues - 1) / AlignmentInValues * AlignmentInValues;
        return parameter;
    }

    public Parameter Add(string name, int rows, int columns, bool decays) => Add([new ParameterPart(name, 0, rows)], columns, decays);

    /// <summary>Sets all gradients to zero, as the optimizer's step does.</summary>
    public void ForgetGradients()
    {
        foreach (var parameter in parameters)
            parameter.GradientSpan.Clear();
    }

    public void Dispose()
    {
        if (values.IsValueCreated)
            values.Value.Dispose();
        if (gradients.IsValueCreated)
            gradients.Value.Dispose();
    }
}
