using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Training.Layers;

/// <summary>A run of zeroed F32 values in native memory that may be longer than a span.</summary>
internal sealed unsafe class FlatBuffer(long length) : IDisposable
{
    private const int RowLength = 1024;
    private readonly Tensor tensor = new(checked((int)((length + RowLength - 1) / RowLength)), RowLength);

    public long Length { get; } = length;

    public float* Pointer => tensor.Pointer;

    /// <summary>What keeps the memory alive.</summary>
    public Tensor Owner => tensor;

    public void Dispose() => tensor.Dispose();
}
