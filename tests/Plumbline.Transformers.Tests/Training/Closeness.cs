using Shouldly;
namespace Plumbline.Transformers.Tests.Training;

/// <summary>How far two vectors are apart: the length of their difference over the length of what was expected.</summary>
internal static class Closeness
{
    public static double RelativeError(ReadOnlySpan<float> actual, ReadOnlySpan<float> expected)
    {
        actual.Length.ShouldBe(expected.Length);
        var (difference, length) = (0.0, 0.0);
        for (var i = 0; i < expected.Length; i++)
        {
            difference += Math.Pow((double)actual[i] - expected[i], 2);
            length += Math.Pow(expected[i], 2);
        }

        return Math.Sqrt(difference) / Math.Max(Math.Sqrt(length), 1e-12);
    }
}
