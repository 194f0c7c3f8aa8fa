using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Models;

/// <summary>Fresh weights to train a decoder from nothing.</summary>
public static class DecoderInitializer
{
    /// <summary>Standard deviation of fresh matrices, as in GPT-2 and Llama.</summary>
    public const double Deviation = 0.02;

    /// <summary>
    /// Normal matrices of deviation 0.02, those that write to the residual stream (attention's output, down) divided by √(2 × layers)
    /// (Radford et al., GPT-2, 2019, §2.3); norms one; biases zero. The same seed gives the same weights.
    /// </summary>
    public static DecoderWeights Create(ModelConfig config, int seed)
    {
        ArgumentNullException.ThrowIfNull(config);
        var weights = WeightLayout.Of(config).Select((shape, index) => Fresh(shape, config, new Random(HashCode(seed, index))));
        return DecoderAssembly.Assemble(config, new WeightSet("a fresh decoder", weights));
    }

    private static Weight Fresh(WeightShape shape, ModelConfig config, Random random)
    {
        var tensor = new Tensor(shape.Rows, shape.Columns);
        if (!shape.Vector)
            FillNormal(tensor, WritesToResidual(shape.Name) ? Deviation / Math.Sqrt(2.0 * config.Layers) : Deviation, random);
        else if (!shape.Name.EndsWith(".bias", StringComparison.Ordinal))
            tensor.Span.Fill(1f);
        return new Weight(shape.Name, tensor);
    }

    // A seeded System.Random has given the same numbers in every version of .NET so far, though none promises it: global.json pins the SDK.
    private static int HashCode(int seed, int index) => unchecked((seed * 1_000_003) ^ (index * 7_919)) & int.MaxValue;

    private static bool WritesToResidual(string name) =>
        name.EndsWith(".o_proj.weight", StringComparison.Ordinal) || name.EndsWith(".down_proj.weight", StringComparison.Ordinal);

    private static void FillNormal(Tensor tensor, double deviation, Random random)
    {
        // Box and Muller's transform.
        for (var row = 0; row < tensor.Rows; row++)
        {
            foreach (ref var value in tensor.Row(row))
                value = (float)(deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        }
    }
}
