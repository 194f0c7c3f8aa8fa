using Plumbline.Transformers.Training.Layers;

namespace Plumbline.Transformers.Training;

/// <summary>
/// Which examples a step learns from. In each epoch the examples are shuffled, sorted into as many length buckets as a step has places, and each step
/// takes one from every bucket: so every example comes once an epoch, and all steps hold about as many tokens. A pure function of the
/// seed and the step: there is nothing to save for a resume.
/// </summary>
internal sealed class DataOrder
{
    private readonly int[] lengths;
    private readonly ulong seed;
    private int[][] epochSteps = [];
    private int epoch = -1;

    public DataOrder(int[] lengths, int examplesPerStep, ulong seed)
    {
        this.lengths = lengths;
        this.seed = seed;
        StepsPerEpoch = (lengths.Length + examplesPerStep - 1) / examplesPerStep;
    }

    public int StepsPerEpoch { get; }

    /// <summary>Indices of the examples of step <paramref name="step"/> (0 for the first).</summary>
    public IReadOnlyList<int> Step(int step)
    {
        if (step / StepsPerEpoch != epoch)
        {
            epoch = step / StepsPerEpoch;
            epochSteps = PlanEpoch(epoch);
        }

        return epochSteps[step % StepsPerEpoch];
    }

    private int[][] PlanEpoch(int epoch)
    {
        var random = SplitMix.Stream(seed, "order", epoch);
        var order = Enumerable.Range(0, lengths.Length).ToArray();
        random.Shuffle<int>(order);
        order = [.. order.OrderBy(i => lengths[i])];
        var steps = Enumerable.Range(0, StepsPerEpoch).Select(_ => new List<int>()).ToArray();
        var places = Enumerable.Range(0, StepsPerEpoch).ToArray();
        for (var start = 0; start < order.Length; start += StepsPerEpoch)
        {
            // The last bucket may be short of an example for every step: the shuffled places decide which go without.
            random.Shuffle<int>(places);
            for (var i = start; i < Math.Min(order.Length, start + StepsPerEpoch); i++)
                steps[places[i - start]].Add(order[i]);
        }

        return [.. steps.Select(s => s.ToArray())];
    }
}
