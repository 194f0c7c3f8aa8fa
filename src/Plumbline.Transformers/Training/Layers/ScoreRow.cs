using System.Runtime.Intrinsics;
using Plumbline.Transformers.Kernels.Simd;

namespace Plumbline.Transformers.Training.Layers;

/// <summary>One query's row of attention scores, there and back. Rows are padded to a multiple of <see cref="Padding"/>.</summary>
internal static unsafe class ScoreRow
{
    /// <summary>Rows hold a multiple of this many scores, so that every vector fits.</summary>
    public const int Padding = 16;

    /// <summary>
    /// Scores [<paramref name="first"/>, <paramref name="end"/>) become exp(scale · (score − largest)), all others of <paramref name="width"/> zero.
    /// Returns their sum and the largest scaled score.
    /// </summary>
    public static (float Sum, float Maximum) Exponentials(float* row, int first, int end, int width, float scale)
    {
        if (Isa.IsAvx512)
            return ScoreVectors<Lanes512, Vector512<float>>.Exponentials(row, first, end, width, scale);
        return Isa.IsAvx2
            ? ScoreVectors<Lanes256, Vector256<float>>.Exponentials(row, first, end, width, scale)
            : ScoreVectors<Lanes128, Vector128<float>>.Exponentials(row, first, end, width, scale);
    }

    /// <summary>
    /// <paramref name="scores"/> become probabilities p = exp(scale · score − <paramref name="logSum"/>), and <paramref name="gradients"/> (for p) those for
    /// the unscaled scores: p ⊙ (dp − <paramref name="along"/>) · scale, with along = Σ p ⊙ dp. Outside of [first, end) both become zero.
    /// </summary>
    public static void Backward(float* scores, float* gradients, int first, int end, int width, float scale, float logSum, float along)
    {
        if (Isa.IsAvx512)
            ScoreVectors<Lanes512, Vector512<float>>.Backward(scores, gradients, first, end, width, scale, logSum, along);
        else if (Isa.IsAvx2)
            ScoreVectors<Lanes256, Vector256<float>>.Backward(scores, gradients, first, end, width, scale, logSum, along);
        else
            ScoreVectors<Lanes128, Vector128<float>>.Backward(scores, gradients, first, end, width, scale, logSum, along);
    }
}
