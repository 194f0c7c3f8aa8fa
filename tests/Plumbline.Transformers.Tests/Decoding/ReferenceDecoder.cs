using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Decoding;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Tests.Decoding;

/// <summary>The decoder once more, in doubles, without cache, vectors or batches: every position from nothing.</summary>
internal sealed class ReferenceDecoder(DecoderWeights weights, IReadOnlyDictionary<string, LowRankDelta>? changes = null)
{
    private readonly ModelConfig config = weights.Config;
    private readonly Dictionary<Weight, double[][]> matrices = [];

    /// <summary>Logits of every position.</summary>
    public double[][] Logits(IReadOnlyList<int> tokens)
    {
        var stream = tokens.Select(token => Row(weights.Embedding, token)).ToArray();
        for (var index = 0; index < config.Layers; index++)
        {
            var layer = weights.Layers[index];
            var prefix = $"model.layers.{index}.";
            var normed = stream.Select(row => Norm(row, layer.AttentionNorm)).ToArray();
            var mixed = Attend(normed, layer, prefix);
            for (var t = 0; t < stream.Length; t++)
                stream[t] = Sum(stream[t], Linear(layer.Output, layer.OutputBias, mixed[t], prefix + "self_attn.o_proj"));
            for (var t = 0; t < stream.Length; t++)
                stream[t] = Sum(stream[t], Mlp(Norm(stream[t], layer.MlpNorm), layer, prefix));
        }

        return [.. stream.Select(row => Linear(weights.Head, null, Norm(row, weights.FinalNorm), "lm_head"))];
    }

    private double[][] Attend(double[][] inputs, LayerWeights layer, string prefix)
    {
        var queries = inputs.Select((row, t) => Heads(Linear(layer.Query, layer.QueryBias, row, prefix + "self_attn.q_proj"), layer.QueryNorm, t)).ToArray();
        var keys = inputs.Select((row, t) => Heads(Linear(layer.Key, layer.KeyBias, row, prefix + "self_attn.k_proj"), layer.KeyNorm, t)).ToArray();
        var values = inputs.Select(row => Linear(layer.Value, layer.ValueBias, row, prefix + "self_attn.v_proj")).ToArray();
        var size = config.HeadSize;
        return [.. queries.Select((query, t) =>
        {
            var output = new double[config.Heads * size];
            for (var head = 0; head < config.Heads; head++)
            {
                var shared = head / (config.Heads / config.KeyValueHeads);
                var first = config.SlidingWindow is { } window ? Math.Max(0, t - window + 1) : 0;
                var scores = Enumerable.Range(first, t - first + 1)
                    .Select(s => Enumerable.Range(0, size).Sum(i => query[(head * size) + i] * keys[s][(shared * size) + i]) / Math.Sqrt(size)).ToArray();
                var most = scores.Max();
                var total = scores.Sum(score => Math.Exp(score - most));
                for (var s = first; s <= t; s++)
                {
                    for (var i = 0; i < size; i++)
                        output[(head * size) + i] += Math.Exp(scores[s - first] - most) / total * values[s][(shared * size) + i];
                }
            }

            return output;
        })];
    }

    private double[] Heads(double[] row, Weight? norm, int position)
    {
        var size = config.HeadSize;
        return [.. Enumerable.Range(0, row.Length / size).SelectMany(head =>
        {
            var values = row[(head * size)..((head + 1) * size)];
            return Turn(norm is null ? values : Norm(values, norm), position);
        })];
    }

    private double[] Turn(double[] head, int position)
    {
        var half = head.Length / 2;
        var turned = new double[head.Length];
        for (var i = 0; i < half; i++)
        {
            var angle = position * Frequency(i);
            turned[i] = (head[i] * Math.Cos(angle)) - (head[i + half] * Math.Sin(angle));
            turned[i + half] = (head[i + half] * Math.Cos(angle)) + (head[i] * Math.Sin(angle));
        }

        return turned;
    }

    private double Frequency(int i)
    {
        var frequency = Math.Pow(config.RopeTheta, -2.0 * i / config.HeadSize);
        if (config.RopeScaling is not { } scaling)
            return frequency;
        var turns = scaling.OriginalMaxPositions * frequency / (2 * Math.PI);
        var smooth = Math.Clamp((turns - scaling.LowFrequencyFactor) / (scaling.HighFrequencyFactor - scaling.LowFrequencyFactor), 0, 1);
        return ((1 - smooth) * frequency / scaling.Factor) + (smooth * frequency);
    }

    private double[] Mlp(double[] row, LayerWeights layer, string prefix)
    {
        var gate = Linear(layer.Gate, null, row, prefix + "mlp.gate_proj");
        var up = Linear(layer.Up, null, row, prefix + "mlp.up_proj");
        var inner = gate.Zip(up, (g, u) => g / (1 + Math.Exp(-g)) * u).ToArray();
        return Linear(layer.Down, null, inner, prefix + "mlp.down_proj");
    }

    private double[] Linear(Weight weight, Weight? bias, double[] input, string module)
    {
        var output = Product(weight, input);
        if (bias is not null)
            output = Sum(output, Row(bias, 0));
        if (changes?.GetValueOrDefault(module) is { } change)
            output = Sum(output, [.. Product(change.Up, Product(change.Down, input)).Select(value => value * change.Scale)]);
        return output;
    }

    private double[] Product(Weight weight, double[] input)
    {
        if (!matrices.TryGetValue(weight, out var rows))
            matrices[weight] = rows = [.. Enumerable.Range(0, weight.Rows).Select(row => Row(weight, row))];
        var output = new double[rows.Length];
        for (var row = 0; row < output.Length; row++)
        {
            for (var i = 0; i < input.Length; i++)
                output[row] += rows[row][i] * input[i];
        }

        return output;
    }

    private double[] Norm(double[] row, Weight weight)
    {
        var inverse = 1 / Math.Sqrt((row.Sum(x => x * x) / row.Length) + config.NormEpsilon);
        return [.. row.Zip(Row(weight, 0), (x, w) => x * inverse * w)];
    }

    private static double[] Sum(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];

    private static double[] Row(Weight weight, int row)
    {
        var values = new float[weight.Columns];
        weight.CopyRow(row, values);
        return [.. values.Select(value => (double)value)];
    }
}
