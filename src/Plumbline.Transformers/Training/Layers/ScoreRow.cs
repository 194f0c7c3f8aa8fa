using System.Runtime.Intrinsics;
using Plumbline.Transformers.Kernels.Simd;

namespace Plumbline.Transformers.Training.Layers;

/// <summary>One query's row of attention scores, there and back. Rows are padded to a multiple of <see cref="Padding"/>.</summary>
internal static unsafe class ScoreRow
{
    /// <summary>Rows hold a multiple of this many scores, so that every vector fits.</summary>
    public const int Padding = 16;

    /// <summary>
    /// Hides scores outside of [<paramref name="first"/>, <paramref name="end"/>): −∞ in the vectors that hold a visible one, zero in all others of
    /// <paramref name="width"/>. To be done for all rows of a block before the first is read, so that no vector is loaded right after a part of it
    /// was stored.
    /// </summary>
    public static void Mask(float* row, int first, int end, int width)
    {
        var (start, stop) = Vectors(first, end);
        new Span<float>(row, start).Clear();
        new Span<float>(row + start, first - start).Fill(float.NegativeInfinity);
        new Span<float>(row + end, stop - end).Fill(float.NegativeInfinity);
        new Span<float>(row + stop, width - stop).Clear();
    }

    /// <summary>Zeroes what lies outside of the vectors that hold a visible value.</summary>
    public static void Clear(float* row, int first, int end, int width)
    {
        var (start, stop) = Vectors(first, end);
        new Span<float>(row, start).Clear();
        new Span<float>(row + stop, width - stop).Clear();
    }

    /// <summary>
    /// Masked scores become exp(scale · (score − largest)), hidden ones zero. Returns their sum and the largest scaled score.
    /// </summary>
    public static (float Sum, float Maximum) Exponentials(float* row, int first, int end, float scale)
    {
        var (start, stop) = Vectors(first, end);
        if (Isa.IsAvx512)
            return ScoreVectors<Lanes512, Vector512<float>>.Exponentials(row + start, stop - start, scale);
        return Isa.IsAvx2
            ? ScoreVectors<Lanes256, Vector256<float>>.Exponentials(row + start, stop - start, scale)
            : ScoreVectors<Lanes128, Vector128<float>>.Exponentials(row + start, stop - start, scale);
    }

    /// <summary>
    /// Masked <paramref name="scores"/> become probabilities p = exp(scale · score − <paramref name="logSum"/>), and <paramref name="gradients"/> (for p)
    /// those for the unscaled scores: p ⊙ (dp − <paramref name="along"/>) · scale, with along = Σ p ⊙ dp.
    /// </summary>
    public static void Backward(float* scores, float* gradients, int first, int end, float scale, float logSum, float along)
    {
        var (start, stop) = Vectors(first, end);
        var (from, count) = (start, stop - start);
        if (Isa.IsAvx512)
            ScoreVectors<Lanes512, Vector512<float>>.Backward(scores + from, gradients + from, count, scale, logSum, along);
        else if (Isa.IsAvx2)
            ScoreVectors<Lanes256, Vector256<float>>.Backward(scores + from, gradients + from, count, scale, logSum, along);
        else
            ScoreVectors<Lanes128, Vector128<float>>.Backward(scores + from, gradients + from, count, scale, logSum, along);
    }

    private static (int Start, int Stop) Vectors(int first, int end) => (first / Padding * Padding, (end + Padding - 1) / Padding * Padding);
}
