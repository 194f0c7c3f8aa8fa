using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Training.Layers;

/// <summary>The factors of an RMS norm: trained, or frozen.</summary>
internal sealed unsafe class NormWeight : IDisposable
{
    private readonly Parameter? trained;
    private readonly Tensor? frozen;

    public NormWeight(Parameter trained) => this.trained = trained;

    public NormWeight(Weight frozen) => this.frozen = frozen.ToTensor();

    public float* Value => trained is not null ? trained.Value : frozen!.Pointer;

    /// <summary>Null where it is frozen.</summary>
    public float* Gradient => trained is not null ? trained.Gradient : null;

    public void Dispose() => frozen?.Dispose();
}
