using System.Numerics;
using System.Runtime.CompilerServices;

namespace Plumbline.Transformers.Training.Layers;

/// <summary>Softmax over the visible part of a row of attention scores, there and back.</summary>
internal static unsafe class SoftmaxRow
{
    /// <summary>
    /// Scores [<paramref name="first"/>, <paramref name="end"/>) become softmax(scale · score), the rest of <paramref name="width"/> zero.
    /// Returns the log of the sum of exponentials.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Normalize(float* row, int first, int end, int width, float scale)
    {
        var maximum = Maximum(row + first, end - first) * scale;
        var sum = Exponentials(row + first, end - first, scale, maximum);
        Multiply(row + first, end - first, 1f / sum);
        Blank(row, first, end, width);
        return maximum + MathF.Log(sum);
    }

    /// <summary>
    /// <paramref name="scores"/> become probabilities p, and <paramref name="gradients"/> (for p) become those for the unscaled scores:
    /// p ⊙ (dp − <paramref name="along"/>) · scale, with along = Σ p ⊙ dp.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(float* scores, float* gradients, int first, int end, int width, float scale, float logSum, float along)
    {
        var (scales, logSums, alongs) = (new Vector<float>(scale), new Vector<float>(-logSum), new Vector<float>(along));
        var i = first;
        for (; i + Vector<float>.Count <= end; i += Vector<float>.Count)
        {
            var probability = Vector.Exp(Vector.FusedMultiplyAdd(Vector.Load(scores + i), scales, logSums));
            probability.Store(scores + i);
            (probability * (Vector.Load(gradients + i) - alongs) * scales).Store(gradients + i);
        }

        for (; i < end; i++)
        {
            scores[i] = MathF.Exp(MathF.FusedMultiplyAdd(scores[i], scale, -logSum));
            gradients[i] = scores[i] * (gradients[i] - along) * scale;
        }

        Blank(scores, first, end, width);
        Blank(gradients, first, end, width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Dot(float* x, float* y, int count)
    {
        Vector<float> sums = default;
        var i = 0;
        for (; i + Vector<float>.Count <= count; i += Vector<float>.Count)
            sums = Vector.FusedMultiplyAdd(Vector.Load(x + i), Vector.Load(y + i), sums);
        var sum = Vector.Sum(sums);
        for (; i < count; i++)
            sum = MathF.FusedMultiplyAdd(x[i], y[i], sum);
        return sum;
    }

    /// <summary>The largest of at least one value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Maximum(float* row, int count)
    {
        var maxima = new Vector<float>(float.NegativeInfinity);
        var i = 0;
        for (; i + Vector<float>.Count <= count; i += Vector<float>.Count)
            maxima = Vector.Max(maxima, Vector.Load(row + i));
        var maximum = float.NegativeInfinity;
        for (var lane = 0; lane < Vector<float>.Count; lane++)
            maximum = MathF.Max(maximum, maxima[lane]);
        for (; i < count; i++)
            maximum = MathF.Max(maximum, row[i]);
        return maximum;
    }

    /// <summary>row = exp(scale · row − maximum); returns their sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Exponentials(float* row, int count, float scale, float maximum)
    {
        var (scales, maxima) = (new Vector<float>(scale), new Vector<float>(-maximum));
        Vector<float> sums = default;
        var i = 0;
        for (; i + Vector<float>.Count <= count; i += Vector<float>.Count)
        {
            var exponential = Vector.Exp(Vector.FusedMultiplyAdd(Vector.Load(row + i), scales, maxima));
            exponential.Store(row + i);
            sums += exponential;
        }

        var sum = Vector.Sum(sums);
        for (; i < count; i++)
        {
            row[i] = MathF.Exp(MathF.FusedMultiplyAdd(row[i], scale, -maximum));
            sum += row[i];
        }

        return sum;
    }

    /// <summary>row *= factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(float* row, int count, float factor)
    {
        var factors = new Vector<float>(factor);
        var i = 0;
        for (; i + Vector<float>.Count <= count; i += Vector<float>.Count)
            (Vector.Load(row + i) * factors).Store(row + i);
        for (; i < count; i++)
            row[i] *= factor;
    }

    private static void Blank(float* row, int first, int end, int width)
    {
        new Span<float>(row, first).Clear();
        new Span<float>(row + end, width - end).Clear();
    }
}
