using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Checkpoints.Gguf;

/// <summary>ggml's numbers of tensor types.</summary>
internal static class GgufDType
{
    private static readonly string[] Names =
    [
        "F32", "F16", "Q4_0", "Q4_1", "Q4_2", "Q4_3", "Q5_0", "Q5_1", "Q8_0", "Q8_1", "Q2_K", "Q3_K", "Q4_K", "Q5_K", "Q6_K", "Q8_K", "IQ2_XXS", "IQ2_XS",
        "IQ3_XXS", "IQ1_S", "IQ4_NL", "IQ3_S", "IQ2_S", "IQ4_XS", "I8", "I16", "I32", "I64", "F64", "IQ1_M", "BF16",
    ];

    /// <summary>The engine's type, if it has it.</summary>
    public static DType? Of(uint number) => number switch
    {
        0 => DType.F32,
        1 => DType.F16,
        8 => DType.Q8_0,
        30 => DType.BF16,
        _ => null,
    };

    /// <summary>ggml's number.</summary>
    public static uint Number(DType type) => type switch
    {
        DType.F32 => 0,
        DType.F16 => 1,
        DType.Q8_0 => 8,
        DType.BF16 => 30,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Unknown dtype."),
    };

    /// <summary>The <c>general.file_type</c> of a file whose matrices are mostly of that type.</summary>
    public static uint FileType(DType type) => type switch
    {
        DType.F32 => 0,
        DType.F16 => 1,
        DType.Q8_0 => 7,
        DType.BF16 => 32,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Unknown dtype."),
    };

    /// <summary>What ggml calls it.</summary>
    public static string Name(uint number) => number < Names.Length ? Names[number] : $"number {number}";
}
