using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Kernels;

/// <summary>
/// Rotary position embedding (Su et al., "RoFormer", 2021) in Hugging Face's order: value i of a head turns with value i + half.
/// </summary>
internal sealed unsafe class Rotary : IDisposable
{
    private readonly Tensor cosines;
    private readonly Tensor sines;
    private readonly int half;

    /// <summary>Tables for positions 0 … <paramref name="positions"/> − 1.</summary>
    /// <param name="headSize">Width of a head; even.</param>
    /// <param name="positions">Longest sequence.</param>
    /// <param name="theta">Base of the wavelengths.</param>
    /// <param name="scaling">Llama 3.1's stretching, or null.</param>
    /// <exception cref="ArgumentException">The head's width is odd.</exception>
    public Rotary(int headSize, int positions, float theta, Llama3RopeScaling? scaling)
    {
        if (headSize % 2 != 0)
            throw new ArgumentException($"A rotary head needs an even width; it has {headSize}.", nameof(headSize));
        half = headSize / 2;
        Positions = positions;
        cosines = new Tensor(positions, half);
        sines = new Tensor(positions, half);
        for (var i = 0; i < half; i++)
        {
            var frequency = Frequency(i, headSize, theta, scaling);
            for (var position = 0; position < positions; position++)
            {
                // The angle rounds to F32 as in the reference implementation; its cosine is taken exactly.
                var angle = position * frequency;
                cosines.Row(position)[i] = (float)Math.Cos(angle);
                sines.Row(position)[i] = (float)Math.Sin(angle);
            }
        }
    }

    /// <summary>Positions that there are tables for.</summary>
    public int Positions { get; }

    /// <summary>Turns <paramref name="heads"/> neighbouring heads in place to <paramref name="position"/>.</summary>
    public void Apply(float* heads, int count, int position) => Turn(heads, count, position, 1);

    /// <summary>Turns back: the inverse of <see cref="Apply"/>, and its derivative.</summary>
    public void ApplyInverse(float* heads, int count, int position) => Turn(heads, count, position, -1);

    /// <inheritdoc/>
    public void Dispose()
    {
        cosines.Dispose();
        sines.Dispose();
    }

    private static float Frequency(int i, int headSize, float theta, Llama3RopeScaling? scaling)
    {
        var frequency = (float)(1 / Math.Pow(theta, 2.0 * i / headSize));
        if (scaling is null)
            return frequency;

        // Meta's Llama 3.1 reference, apply_scaling: long wavelengths are stretched, short ones kept, those between blended.
        var wavelength = 2 * MathF.PI / frequency;
        if (wavelength < scaling.OriginalMaxPositions / scaling.HighFrequencyFactor)
            return frequency;
        if (wavelength > scaling.OriginalMaxPositions / scaling.LowFrequencyFactor)
            return frequency / scaling.Factor;
        var smooth = ((scaling.OriginalMaxPositions / wavelength) - scaling.LowFrequencyFactor)
            / (scaling.HighFrequencyFactor - scaling.LowFrequencyFactor);
        return ((1 - smooth) * frequency / scaling.Factor) + (smooth * frequency);
    }

    private void Turn(float* heads, int count, int position, float direction)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)position, (uint)Positions, nameof(position));
        var cosine = cosines.Pointer + ((long)position * half);
        var sine = sines.Pointer + ((long)position * half);
        for (var head = 0; head < count; head++)
            VectorKernels.Rotate(heads + ((long)head * 2 * half), half, cosine, sine, direction);
    }
}
