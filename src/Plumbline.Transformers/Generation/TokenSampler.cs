using System.Buffers;

namespace Plumbline.Transformers.Generation;

/// <summary>
/// Draws the next token from logits. Order as in Hugging Face's generation: penalties, temperature, top-k, top-p. A draw depends on the
/// logits, the options and the position alone.
/// </summary>
internal static class TokenSampler
{
    // Candidates are sought at an eighth of the last threshold until they suffice; few ever have to be sorted.
    private const float Widening = 0.125f;

    /// <param name="logits">One per token of the vocabulary; overwritten.</param>
    /// <param name="options">How to draw.</param>
    /// <param name="prompt">Tokens of the prompt.</param>
    /// <param name="answer">Tokens of the answer so far; their number is the position of the draw.</param>
    /// <exception cref="GenerationException">No logit is a number.</exception>
    public static int Draw(Span<float> logits, SamplingOptions options, IReadOnlyList<int> prompt, IReadOnlyList<int> answer)
    {
        if (options.HasPenalty)
            Penalise(logits, options, prompt, answer);
        var likeliest = Likeliest(logits);
        if (options.Temperature == 0 || options.TopK == 1)
            return likeliest;
        var mass = Exponentiate(logits, logits[likeliest], options.Temperature);
        var point = CounterRandom.Uniform(options.Seed, answer.Count);
        return options.TopK == 0 && options.TopP >= 1
            ? PickFromAll(logits, point * mass, likeliest)
            : PickFromBest(logits, options, mass, point);
    }

    private static void Penalise(Span<float> logits, SamplingOptions options, IReadOnlyList<int> prompt, IReadOnlyList<int> answer)
    {
        foreach (var token in prompt.Concat(answer).Distinct())
            logits[token] *= logits[token] > 0 ? 1f / options.RepetitionPenalty : options.RepetitionPenalty;
        foreach (var (token, times) in answer.CountBy(token => token))
            logits[token] -= options.PresencePenalty + (options.FrequencyPenalty * times);
    }

    /// <summary>The first of the largest.</summary>
    private static int Likeliest(ReadOnlySpan<float> logits)
    {
        var best = System.Numerics.Tensors.TensorPrimitives.IndexOfMax(logits);
        if (best < 0 || !float.IsFinite(logits[best]))
            throw new GenerationException("The model's logits are not finite numbers: its weights are damaged, or its precision does not suffice.");
        return best;
    }

    /// <summary>Turns logits into weights relative to the likeliest token's, and returns their sum.</summary>
    private static double Exponentiate(Span<float> logits, float most, float temperature)
    {
        var mass = 0.0;
        for (var i = 0; i < logits.Length; i++)
        {
            var weight = MathF.Exp((logits[i] - most) / temperature);
            logits[i] = weight;
            mass += weight;
        }

        return mass;
    }

    private static int PickFromAll(ReadOnlySpan<float> weights, double point, int fallback)
    {
        for (var i = 0; i < weights.Length; i++)
        {
            point -= weights[i];
            if (point < 0)
                return i;
        }

        return fallback;
    }

    private static int PickFromBest(ReadOnlySpan<float> weights, SamplingOptions options, double mass, double point)
    {
        var ids = ArrayPool<int>.Shared.Rent(weights.Length);
        var keys = ArrayPool<float>.Shared.Rent(weights.Length);
        try
        {
            if (options.TopK == 0)
            {
                var likely = GatherBest(weights, weights.Length, options.TopP * mass, ids, keys);
                return Pick(ids, keys, CountReaching(keys, likely, options.TopP * mass), point);
            }

            // Top-p counts from what top-k has left.
            var limit = Math.Min(options.TopK, weights.Length);
            var kept = Math.Min(limit, GatherBest(weights, limit, double.PositiveInfinity, ids, keys));
            return Pick(ids, keys, options.TopP >= 1 ? kept : CountReaching(keys, kept, options.TopP * Sum(keys, kept)), point);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(ids);
            ArrayPool<float>.Shared.Return(keys);
        }
    }

    /// <summary>
    /// Likeliest tokens first, equal ones by id: at least <paramref name="limit"/> of them, or so many that they weigh
    /// <paramref name="enough"/>. Keys hold negated weights.
    /// </summary>
    private static int GatherBest(ReadOnlySpan<float> weights, int limit, double enough, int[] ids, float[] keys)
    {
        var count = 0;
        for (var threshold = Widening; ; threshold *= Widening)
        {
            count = 0;
            var gathered = 0.0;
            // The last round takes everything, zeros too.
            var least = threshold < 1e-30f ? 0f : threshold;
            for (var i = 0; i < weights.Length; i++)
            {
                if (weights[i] < least)
                    continue;
                ids[count] = i;
                keys[count++] = -weights[i];
                gathered += weights[i];
            }

            if (count >= limit || gathered >= enough || least == 0f)
                break;
        }

        Array.Sort(keys, ids, 0, count, Comparer<float>.Default);
        OrderEqual(keys, ids, count);
        return count;
    }

    /// <summary>Array.Sort is not stable: puts tokens of equal weight into the order of their ids.</summary>
    private static void OrderEqual(float[] keys, int[] ids, int count)
    {
        for (var from = 0; from < count;)
        {
            var to = from + 1;
            while (to < count && keys[to] == keys[from])
                to++;
            if (to - from > 1)
                Array.Sort(ids, from, to - from);
            from = to;
        }
    }

    /// <summary>The fewest of the sorted candidates that weigh <paramref name="enough"/>.</summary>
    private static int CountReaching(float[] keys, int count, double enough)
    {
        var sum = 0.0;
        for (var i = 0; i < count; i++)
        {
            sum -= keys[i];
            if (sum >= enough)
                return i + 1;
        }

        return count;
    }

    private static double Sum(float[] keys, int count)
    {
        var sum = 0.0;
        for (var i = 0; i < count; i++)
            sum -= keys[i];
        return sum;
    }

    private static int Pick(int[] ids, float[] keys, int count, double point)
    {
        var rest = point * Sum(keys, count);
        for (var i = 0; i < count; i++)
        {
            rest += keys[i];
            if (rest < 0)
                return ids[i];
        }

        return ids[0];
    }
}
