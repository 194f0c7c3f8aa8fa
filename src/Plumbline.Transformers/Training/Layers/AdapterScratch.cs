namespace Plumbline.Transformers.Training.Layers;

/// <summary>Where one adapter's products keep what is between them.</summary>
internal readonly unsafe struct AdapterScratch
{
    public AdapterScratch(float* memory, int rows, int inputs, int outputs, int rank)
    {
        Rank = Padded(rank);
        Input = memory;
        Reduced = Input + ((long)rows * inputs);
        Expanded = Reduced + ((long)rows * Rank);
        PackedA = Expanded + ((long)rows * Rank);
        PackedB = PackedA + ((long)inputs * Rank);
        Transposed = PackedB + ((long)outputs * Rank);
    }

    /// <summary>The adapter's rank, padded to whole vectors.</summary>
    public int Rank { get; }

    /// <summary>What dropout leaves of the input: [rows, inputs].</summary>
    public float* Input { get; }

    /// <summary>scale · x·Aᵀ: [rows, rank].</summary>
    public float* Reduced { get; }

    /// <summary>scale · dy·B: [rows, rank].</summary>
    public float* Expanded { get; }

    /// <summary>scale · Aᵀ: [inputs, rank].</summary>
    public float* PackedA { get; }

    /// <summary>scale · B: [outputs, rank].</summary>
    public float* PackedB { get; }

    /// <summary>The gradient for B, transposed: [rank, outputs].</summary>
    public float* Transposed { get; }

    /// <summary>Values in all.</summary>
    public static long Length(int rows, int inputs, int outputs, int rank) =>
        ((long)rows * (inputs + (2L * Padded(rank)))) + ((inputs + (2L * outputs)) * Padded(rank));

    /// <summary>A rank in whole vectors.</summary>
    public static int Padded(int rank) => (rank + HeadProduct.HalfTileColumns - 1) / HeadProduct.HalfTileColumns * HeadProduct.HalfTileColumns;
}
