using Plumbline.Statistics;

namespace Plumbline.Audits;

/// <summary>Counts prompts that at least one of their cases broke.</summary>
static class AdaptiveComparisons
{
    /// <summary>The comparison over all attacks first, then those of attacks with several cases a prompt where there are several attacks; null where every
    /// prompt has one scored case or none.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="rule">The error rate of the intervals.</param>
    /// <param name="clusters">The cluster of each prompt, where prompts are variants of one another; null where each stands for itself.</param>
    public static IReadOnlyList<AdaptiveComparison>? Of(IEnumerable<(string PromptId, string Attack, Transition? Transition)> cases, DecisionRule rule, IReadOnlyDictionary<string, string>? clusters = null)
    {
        var numbers = new OrderedDictionary<string, int>(StringComparer.Ordinal);
        var overAll = new List<PromptTries>();
        var byAttack = new OrderedDictionary<string, List<PromptTries>>(StringComparer.Ordinal);
        foreach (var (prompt, attack, transition) in cases)
        {
            if (transition is null or Transition.Unscored)
                continue;
            if (!numbers.TryGetValue(prompt, out var number))
                numbers.Add(prompt, number = numbers.Count);
            if (!byAttack.TryGetValue(attack, out var tried))
                byAttack.Add(attack, tried = []);
            Add(overAll, number, transition.Value);
            Add(tried, number, transition.Value);
        }

        var comparisons = new List<AdaptiveComparison>();
        AddWhereTriedTwice(AdaptiveComparison.OverAll, overAll);
        if (byAttack.Count > 1)
        {
            foreach (var (attack, tried) in byAttack)
                AddWhereTriedTwice(attack, tried);
        }

        return comparisons.Count > 0 ? comparisons : null;

        void AddWhereTriedTwice(string name, List<PromptTries> tried)
        {
            if (tried.Exists(prompt => prompt.Cases > 1))
                comparisons.Add(Compare(name, tried.FindAll(prompt => prompt.Cases > 0), clusters is null ? null : ClustersOf(tried, numbers, clusters), rule));
        }
    }

    // Every prompt has its number in each list; those that were not tried have no cases there.
    static void Add(List<PromptTries> prompts, int number, Transition transition)
    {
        while (prompts.Count <= number)
            prompts.Add(default);
        prompts[number] = prompts[number].With(transition);
    }

    // Of those that were tried, in the order of their numbers.
    static List<string> ClustersOf(List<PromptTries> tried, OrderedDictionary<string, int> numbers, IReadOnlyDictionary<string, string> clusters) =>
        [.. tried.Index().Where(prompt => prompt.Item.Cases > 0).Select(prompt => clusters[numbers.GetAt(prompt.Index).Key])];

    static AdaptiveComparison Compare(string name, List<PromptTries> prompts, List<string>? clusters, DecisionRule rule)
    {
        var candidateOnly = prompts.Count(prompt => prompt is { Baseline: 0, Candidate: > 0 });
        var baselineOnly = prompts.Count(prompt => prompt is { Baseline: > 0, Candidate: 0 });
        var most = prompts.Max(prompt => prompt.Cases);
        return new AdaptiveComparison(
            name,
            prompts.Count,
            prompts.Min(prompt => prompt.Cases),
            most,
            WilsonInterval.Of(prompts.Count(prompt => prompt.Baseline > 0), prompts.Count, rule.Alpha),
            WilsonInterval.Of(prompts.Count(prompt => prompt.Candidate > 0), prompts.Count, rule.Alpha),
            PairedDifference.Of(candidateOnly, baselineOnly, prompts.Count, rule.Alpha, clusters is null ? 1 : DesignEffect.Of(prompts.ConvertAll(Change), clusters)),
            candidateOnly,
            baselineOnly,
            clusters is null ? McNemarTest.ExactP(candidateOnly, baselineOnly) : SignFlipTest.ExactP(ChangesOf(prompts, clusters)),
            [
                .. Doubling(most).Select(tries => new TriesPoint(
                    tries,
                    prompts.Average(prompt => prompt.ChanceOfBreaking(prompt.Baseline, tries)),
                    prompts.Average(prompt => prompt.ChanceOfBreaking(prompt.Candidate, tries)))),
            ]);
    }

    static double Change(PromptTries prompt) => (prompt.Candidate > 0 ? 1 : 0) - (prompt.Baseline > 0 ? 1 : 0);

    static IEnumerable<int> ChangesOf(List<PromptTries> prompts, List<string> clusters) =>
        prompts.Zip(clusters).GroupBy(one => one.Second, StringComparer.Ordinal).Select(cluster => (int)cluster.Sum(one => Change(one.First)));

    // 1, 2, 4, … and the whole.
    static IEnumerable<int> Doubling(int most)
    {
        for (var tries = 1; tries < most; tries *= 2)
            yield return tries;
        yield return most;
    }

    /// <summary>One prompt's cases, and how many of them broke on each side.</summary>
    readonly record struct PromptTries(int Cases, int Baseline, int Candidate)
    {
        public PromptTries With(Transition transition) => new(
            Cases + 1,
            Baseline + (transition is Transition.Mended or Transition.StayedBroken ? 1 : 0),
            Candidate + (transition is Transition.Broke or Transition.StayedBroken ? 1 : 0));

        public double ChanceOfBreaking(int broken, int tries)
        {
            var missed = 1.0;
            for (var i = 0; i < Math.Min(tries, Cases); i++)
                missed *= (double)Math.Max(0, Cases - broken - i) / (Cases - i);
            return 1 - missed;
        }
    }
}
