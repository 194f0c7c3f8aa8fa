using System.Runtime.InteropServices;

namespace Plumbline.Transformers.Kernels.Vectors;

/// <summary>The factors of one AdamW update, the same for all its parameters.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AdamWStep
{
    /// <summary>The factors of step <paramref name="number"/>, counted from 1.</summary>
    /// <param name="number">Which update this is, from 1 on.</param>
    /// <param name="learningRate">Learning rate of this step.</param>
    /// <param name="beta1">Decay of the mean gradient.</param>
    /// <param name="beta2">Decay of the mean squared gradient.</param>
    /// <param name="epsilon">Added to the root of the mean squared gradient.</param>
    /// <param name="weightDecay">Decoupled weight decay; 0 for norms and biases.</param>
    /// <param name="gradientScale">Applied to the gradients first: 1, or less where their norm is clipped.</param>
    public AdamWStep(int number, double learningRate, double beta1, double beta2, double epsilon, double weightDecay, double gradientScale)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        Beta1 = (float)beta1;
        Beta2 = (float)beta2;
        Epsilon = (float)epsilon;
        Keep = (float)(1 - (learningRate * weightDecay));
        StepSize = (float)(learningRate / (1 - Math.Pow(beta1, number)));
        InverseRootCorrection2 = (float)(1 / Math.Sqrt(1 - Math.Pow(beta2, number)));
        GradientScale = (float)gradientScale;
    }

    public float Beta1 { get; }

    public float Beta2 { get; }

    public float Epsilon { get; }

    /// <summary>What weight decay leaves of a parameter.</summary>
    public float Keep { get; }

    /// <summary>Learning rate over the first moment's bias correction.</summary>
    public float StepSize { get; }

    /// <summary>One over the root of the second moment's bias correction.</summary>
    public float InverseRootCorrection2 { get; }

    public float GradientScale { get; }
}
