namespace Plumbline.Statistics;

/// <summary>
/// How much less the cases say because several share a prompt. Source: L. Kish, "Survey Sampling" (1965), section 5.4; the cluster
/// variance is the usual one for a ratio of totals (Cochran, "Sampling Techniques", section 9A).
/// </summary>
public static class DesignEffect
{
    /// <summary>
    /// The variance of the mean with clusters over the variance without, at least 1:
    /// <c>[G/(G−1) · Σ_g (Σ_{i∈g} (d_i − d̄))²] / [n/(n−1) · Σ_i (d_i − d̄)²]</c>.
    /// It is 1 where every cluster holds one case, and where nothing varies. One cluster alone shows nothing of how clusters differ: all of its cases count as one.
    /// </summary>
    /// <param name="values">One value a case, such as the difference of the two outcomes: −1, 0 or 1.</param>
    /// <param name="clusters">The cluster of each value, such as the prompt's id; the same length.</param>
    public static double Of(IReadOnlyList<double> values, IReadOnlyList<string> clusters)
    {
        if (clusters.Count != values.Count)
            throw new ArgumentException("Every value needs a cluster.", nameof(clusters));
        if (values.Count < 2)
            return 1;

        var mean = values.Average();
        var simple = values.Sum(value => (value - mean) * (value - mean)) * values.Count / (values.Count - 1);
        var sums = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var i = 0; i < values.Count; i++)
            sums[clusters[i]] = sums.GetValueOrDefault(clusters[i]) + values[i] - mean;
        if (sums.Count < 2)
            return values.Count;
        if (simple <= 0)
            return 1;

        var clustered = sums.Values.Sum(sum => sum * sum) * sums.Count / (sums.Count - 1);
        return Math.Max(1, clustered / simple);
    }

    /// <summary>How alike the changes under two attacks on one prompt are taken to be until cases show it.</summary>
    const double AlikeUnderAttacks = 0.1;

    /// <summary>
    /// The same for the changes of pairs, with caution where few prompts changed: then how alike the cases of a prompt are is little more than
    /// chance, and where none changed it is not known at all. It is not below what it were with one made-up prompt among the others, of the usual
    /// number of cases, all changed: cases of one attack as one, be they repeats or wordings of a group, those of different attacks with a correlation of 0.1. Ours; without it, more
    /// candidates than stated are called held that are worse by the margin (<c>docs/statistics.md</c> has how many, with it and without).
    /// </summary>
    /// <param name="changes">One a case: −1, 0 or 1.</param>
    /// <param name="prompts">The cluster of each case: its prompt, or the group that its prompt is a wording of.</param>
    /// <param name="attacks">The attack of each case: those of one cluster and one attack are taken to do the same until cases show otherwise.</param>
    public static double OfChanges(IReadOnlyList<double> changes, IReadOnlyList<string> prompts, IReadOnlyList<string> attacks)
    {
        if (attacks.Count != changes.Count)
            throw new ArgumentException("Every change needs an attack.", nameof(attacks));

        if (changes.Count == 0)
            return 1;

        var mean = changes.Average();
        var squares = changes.Sum(change => (change - mean) * (change - mean));
        var (groups, asked) = Distinct(prompts, attacks);
        var (repeats, perPrompt) = ((double)changes.Count / asked, (double)asked / groups);
        var madeUp = repeats * (1 + (perPrompt - 1) * AlikeUnderAttacks);
        var cases = repeats * perPrompt;

        // One prompt alone shows nothing of how prompts differ: its cases count as one, and the made-up one beside it as much as it is worth.
        var seen = groups < 2 ? 1 : Of(changes, prompts);
        var clustered = groups < 2 ? squares * changes.Count : seen * squares;
        return Math.Max(seen, (clustered + cases * madeUp) / (squares + cases));
    }

    // How many prompts there are, and how many pairs of prompt and attack: counted by numbers, since a set of a hundred thousand pairs of names takes megabytes.
    static (int Prompts, int Pairs) Distinct(IReadOnlyList<string> prompts, IReadOnlyList<string> attacks)
    {
        var promptNumbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var attackNumbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var pairs = new long[prompts.Count];
        for (var i = 0; i < pairs.Length; i++)
            pairs[i] = ((long)NumberOf(prompts[i], promptNumbers) << 32) | (uint)NumberOf(attacks[i], attackNumbers);
        Array.Sort(pairs);
        var distinct = pairs.Length == 0 ? 0 : 1;
        for (var i = 1; i < pairs.Length; i++)
            distinct += pairs[i] == pairs[i - 1] ? 0 : 1;
        return (promptNumbers.Count, distinct);
    }

    static int NumberOf(string name, Dictionary<string, int> numbers)
    {
        if (!numbers.TryGetValue(name, out var number))
            numbers.Add(name, number = numbers.Count);
        return number;
    }
}
