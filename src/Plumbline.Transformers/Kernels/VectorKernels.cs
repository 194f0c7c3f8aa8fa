using System.Runtime.Intrinsics;
using Plumbline.Transformers.Kernels.Simd;
using Plumbline.Transformers.Kernels.Vectors;

namespace Plumbline.Transformers.Kernels;

/// <summary>
/// Kernels over vectors of floats, forward and backward, on whichever path <see cref="Isa"/> names. None uses more than one thread.
/// </summary>
internal static unsafe class VectorKernels
{
    /// <summary>Σ x·y.</summary>
    public static float Dot(float* x, float* y, int n)
    {
        if (Isa.IsAvx512)
            return Elementwise<Lanes512, Vector512<float>>.Dot(x, y, n);
        return Isa.IsAvx2
            ? Elementwise<Lanes256, Vector256<float>>.Dot(x, y, n)
            : Elementwise<Lanes128, Vector128<float>>.Dot(x, y, n);
    }

    /// <summary>y ← y + factor · x.</summary>
    public static void Axpy(float factor, float* x, float* y, int n)
    {
        if (Isa.IsAvx512)
            Elementwise<Lanes512, Vector512<float>>.Axpy(factor, x, y, n);
        else if (Isa.IsAvx2)
            Elementwise<Lanes256, Vector256<float>>.Axpy(factor, x, y, n);
        else
            Elementwise<Lanes128, Vector128<float>>.Axpy(factor, x, y, n);
    }

    /// <summary>result ← x + y; may be either.</summary>
    public static void Add(float* x, float* y, float* result, int n)
    {
        if (Isa.IsAvx512)
            Elementwise<Lanes512, Vector512<float>>.Add(x, y, result, n);
        else if (Isa.IsAvx2)
            Elementwise<Lanes256, Vector256<float>>.Add(x, y, result, n);
        else
            Elementwise<Lanes128, Vector128<float>>.Add(x, y, result, n);
    }

    /// <summary>x ← factor · x.</summary>
    public static void Scale(float factor, float* x, int n)
    {
        if (Isa.IsAvx512)
            Elementwise<Lanes512, Vector512<float>>.Scale(factor, x, n);
        else if (Isa.IsAvx2)
            Elementwise<Lanes256, Vector256<float>>.Scale(factor, x, n);
        else
            Elementwise<Lanes128, Vector128<float>>.Scale(factor, x, n);
    }

    /// <summary>The largest value; −∞ of none.</summary>
    public static float Max(float* x, int n)
    {
        if (Isa.IsAvx512)
            return Elementwise<Lanes512, Vector512<float>>.Max(x, n);
        return Isa.IsAvx2
            ? Elementwise<Lanes256, Vector256<float>>.Max(x, n)
            : Elementwise<Lanes128, Vector128<float>>.Max(x, n);
    }

    /// <summary>y ← weight · x / √(mean x² + ε); y may be x. Returns 1/√(…), which <see cref="RmsNormBackward"/> needs.</summary>
    public static float RmsNorm(float* x, float* weight, int n, float epsilon, float* y)
    {
        if (Isa.IsAvx512)
            return Norms<Lanes512, Vector512<float>>.Forward(x, weight, n, epsilon, y);
        return Isa.IsAvx2
            ? Norms<Lanes256, Vector256<float>>.Forward(x, weight, n, epsilon, y)
            : Norms<Lanes128, Vector128<float>>.Forward(x, weight, n, epsilon, y);
    }

    /// <summary>Adds the derivatives by x to <paramref name="dx"/> and by the weight to <paramref name="dWeight"/> (unless null); <paramref name="inverse"/> is what <see cref="RmsNorm"/> returned. dx may not be dy.</summary>
    public static void RmsNormBackward(float* dy, float* x, float* weight, int n, float inverse, float* dx, float* dWeight)
    {
        if (Isa.IsAvx512)
            Norms<Lanes512, Vector512<float>>.Backward(dy, x, weight, n, inverse, dx, dWeight);
        else if (Isa.IsAvx2)
            Norms<Lanes256, Vector256<float>>.Backward(dy, x, weight, n, inverse, dx, dWeight);
        else
            Norms<Lanes128, Vector128<float>>.Backward(dy, x, weight, n, inverse, dx, dWeight);
    }

    /// <summary>y ← silu(gate) · up; may be either.</summary>
    public static void SiluGate(float* gate, float* up, float* y, int n)
    {
        if (Isa.IsAvx512)
            Gates<Lanes512, Vector512<float>>.Forward(gate, up, y, n);
        else if (Isa.IsAvx2)
            Gates<Lanes256, Vector256<float>>.Forward(gate, up, y, n);
        else
            Gates<Lanes128, Vector128<float>>.Forward(gate, up, y, n);
    }

    /// <summary>
    /// Derivatives of <see cref="SiluGate"/>, overwritten; dGate may be gate, and dUp up or dy. Unless null, <paramref name="y"/> receives the value once
    /// more, to the same bits; it may be dy.
    /// </summary>
    public static void SiluGateBackward(float* dy, float* gate, float* up, float* dGate, float* dUp, int n, float* y = null)
    {
        if (Isa.IsAvx512)
            Gates<Lanes512, Vector512<float>>.Backward(dy, gate, up, dGate, dUp, y, n);
        else if (Isa.IsAvx2)
            Gates<Lanes256, Vector256<float>>.Backward(dy, gate, up, dGate, dUp, y, n);
        else
            Gates<Lanes128, Vector128<float>>.Backward(dy, gate, up, dGate, dUp, y, n);
    }

    /// <summary>x ← eˣ / Σ eˣ, in place.</summary>
    public static void Softmax(float* x, int n)
    {
        if (Isa.IsAvx512)
            Softmaxes<Lanes512, Vector512<float>>.Forward(x, n);
        else if (Isa.IsAvx2)
            Softmaxes<Lanes256, Vector256<float>>.Forward(x, n);
        else
            Softmaxes<Lanes128, Vector128<float>>.Forward(x, n);
    }

    /// <summary>log Σ eˣ.</summary>
    public static float LogSumExp(float* x, int n)
    {
        if (Isa.IsAvx512)
            return Softmaxes<Lanes512, Vector512<float>>.LogSumExp(x, n);
        return Isa.IsAvx2
            ? Softmaxes<Lanes256, Vector256<float>>.LogSumExp(x, n)
            : Softmaxes<Lanes128, Vector128<float>>.LogSumExp(x, n);
    }

    /// <summary>Returns −weight · log softmax(logits)[target], and puts its gradient in the logits' place.</summary>
    public static float CrossEntropy(float* logits, int n, int target, float weight)
    {
        if (Isa.IsAvx512)
            return Softmaxes<Lanes512, Vector512<float>>.CrossEntropy(logits, n, target, weight);
        return Isa.IsAvx2
            ? Softmaxes<Lanes256, Vector256<float>>.CrossEntropy(logits, n, target, weight)
            : Softmaxes<Lanes128, Vector128<float>>.CrossEntropy(logits, n, target, weight);
    }

    /// <summary>One AdamW update of <paramref name="parameters"/> and their two moments.</summary>
    public static void AdamW(float* parameters, float* gradients, float* first, float* second, int n, AdamWStep step)
    {
        if (Isa.IsAvx512)
            AdamW<Lanes512, Vector512<float>>.Update(parameters, gradients, first, second, n, step);
        else if (Isa.IsAvx2)
            AdamW<Lanes256, Vector256<float>>.Update(parameters, gradients, first, second, n, step);
        else
            AdamW<Lanes128, Vector128<float>>.Update(parameters, gradients, first, second, n, step);
    }

    /// <summary>Turns each pair (i, i + half) of a head by the given cosines and sines; <paramref name="direction"/> is 1, or −1 to turn back.</summary>
    public static void Rotate(float* head, int half, float* cosine, float* sine, float direction)
    {
        if (Isa.IsAvx512)
            Rotations<Lanes512, Vector512<float>>.Turn(head, half, cosine, sine, direction);
        else if (Isa.IsAvx2)
            Rotations<Lanes256, Vector256<float>>.Turn(head, half, cosine, sine, direction);
        else
            Rotations<Lanes128, Vector128<float>>.Turn(head, half, cosine, sine, direction);
    }
}
