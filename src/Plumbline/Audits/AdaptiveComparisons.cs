using Plumbline.Statistics;

namespace Plumbline.Audits;

/// <summary>Counts prompts that at least one of their cases broke.</summary>
static class AdaptiveComparisons
{
    /// <summary>The comparison over all attacks first, then those of attacks with several cases a prompt where there are several attacks; null where every
    /// prompt has one scored case or none.</summary>
    public static IReadOnlyList<AdaptiveComparison>? Of(IEnumerable<(string PromptId, string Attack, Transition? Transition)> cases, DecisionRule rule)
    {
        var scored = cases
            .Where(one => one.Transition is not (null or Transition.Unscored))
            .Select(one => (one.PromptId, one.Attack, Transition: one.Transition!.Value))
            .ToList();
        var byAttack = scored.GroupBy(one => one.Attack, StringComparer.Ordinal).ToList();
        var comparisons = new List<AdaptiveComparison>();
        AddWhereTriedTwice(AdaptiveComparison.OverAll, scored);
        if (byAttack.Count > 1)
        {
            foreach (var attack in byAttack)
                AddWhereTriedTwice(attack.Key, attack);
        }

        return comparisons.Count > 0 ? comparisons : null;

        void AddWhereTriedTwice(string name, IEnumerable<(string PromptId, string, Transition Transition)> tried)
        {
            var prompts = tried.GroupBy(one => one.PromptId, StringComparer.Ordinal).Select(prompt => PromptTries.Of([.. prompt.Select(one => one.Transition)])).ToList();
            if (prompts.Exists(prompt => prompt.Cases > 1))
                comparisons.Add(Compare(name, prompts, rule));
        }
    }

    static AdaptiveComparison Compare(string name, List<PromptTries> prompts, DecisionRule rule)
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
            PairedDifference.Of(candidateOnly, baselineOnly, prompts.Count, rule.Alpha),
            candidateOnly,
            baselineOnly,
            McNemarTest.ExactP(candidateOnly, baselineOnly),
            [
                .. Doubling(most).Select(tries => new TriesPoint(
                    tries,
                    prompts.Average(prompt => prompt.ChanceOfBreaking(prompt.Baseline, tries)),
                    prompts.Average(prompt => prompt.ChanceOfBreaking(prompt.Candidate, tries)))),
            ]);
    }

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
        public static PromptTries Of(IReadOnlyList<Transition> cases) => new(
            cases.Count,
            cases.Count(transition => transition is Transition.Mended or Transition.StayedBroken),
            cases.Count(transition => transition is Transition.Broke or Transition.StayedBroken));

        public double ChanceOfBreaking(int broken, int tries)
        {
            var missed = 1.0;
            for (var i = 0; i < Math.Min(tries, Cases); i++)
                missed *= (double)Math.Max(0, Cases - broken - i) / (Cases - i);
            return 1 - missed;
        }
    }
}
