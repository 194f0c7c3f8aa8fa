namespace Plumbline.Transformers.Tensors;

/// <summary>How the numbers of a weight are stored.</summary>
public enum DType
{
    /// <summary>IEEE 754 binary32.</summary>
    F32,

    /// <summary>IEEE 754 binary16.</summary>
    F16,

    /// <summary>The upper half of a binary32.</summary>
    BF16,

    /// <summary>GGUF blocks of 32: one binary16 scale, then 32 signed bytes (34 bytes a block).</summary>
    Q8_0,
}
