using Plumbline.Statistics;
using Plumbline.Statistics.Sequential;

namespace Plumbline.Audits;

/// <summary>What the sequential rule had seen when the run ended; all of it valid at whatever case that was.</summary>
/// <param name="Evidence">Evidence that more prompts break than mend, as odds to 1, on the kind that the verdict is about.</param>
/// <param name="EvidenceHeld">Evidence that the share of bad outcomes rose by less than the margin, as odds to 1.</param>
/// <param name="Needed">How much evidence stops a run.</param>
/// <param name="Broke">Prompts whose first case that changed broke.</param>
/// <param name="Mended">Prompts whose first case that changed was mended.</param>
/// <param name="Difference">
/// The difference in the share of bad outcomes so far, with an interval that holds at every case, at the rule's stated α: for what the difference is
/// over all planned cases of the kind that can be scored where each is of a prompt of its own, and otherwise over prompts like these, from the
/// first case of each. Null where nothing is scored.
/// </param>
/// <param name="Categories">The evidence by category, the strongest first.</param>
public sealed record SequentialFact(
    double Evidence,
    double EvidenceHeld,
    double Needed,
    int Broke,
    int Mended,
    IntervalEstimate? Difference,
    IReadOnlyList<CategoryEvidence> Categories)
{
    // Odds beyond this say no more, and infinity is no JSON.
    const double MostOdds = 1e300;

    internal static SequentialFact Of(IReadOnlyList<PairedCase> pairs, int taken, SequentialRule rule)
    {
        var decision = new SequentialDecision(rule);
        foreach (var pair in pairs.Take(taken))
            decision.Take(pair);

        var kind = decision.Concluded?.Kind ?? rule.Kinds[0];
        var evidence = decision.On(kind);
        var scored = pairs.Take(taken).Where(pair => pair.Kind == kind && pair.Transition is not (null or Transition.Unscored)).ToList();
        var planned = pairs.Where(pair => pair.Kind == kind).Select(pair => pair.Cluster);
        var unscored = pairs.Take(taken).Count(pair => pair.Kind == kind) - scored.Count;
        return new SequentialFact(
            Odds(evidence.LogWorse),
            Odds(evidence.LogNotWorse),
            rule.Needed,
            evidence.Broke,
            evidence.Mended,
            scored.Count == 0 ? null : DifferenceOf(scored, planned, unscored, rule.Stated.Alpha),
            CategoriesOf(scored, rule.Stated));
    }

    /// <summary>
    /// The difference so far, with an interval that holds at every case. Cases of one prompt come in rounds and are alike, so they are no draws from a
    /// list: where prompts have several, each speaks by its first, and the interval is for the prompts that these stand for.
    /// </summary>
    /// <param name="scored">The cases taken that are scored, in the order in which they were asked.</param>
    /// <param name="planned">The prompt, or its group, of every planned case of the kind.</param>
    /// <param name="unscored">How many cases taken are not scored.</param>
    /// <param name="alpha">Two-sided error rate.</param>
    internal static IntervalEstimate DifferenceOf(IReadOnlyList<PairedCase> scored, IEnumerable<string> planned, int unscored, double alpha)
    {
        var estimate = scored.Average(pair => OutcomeRule.ChangeOf(pair.Transition));
        var byPrompt = planned.CountBy(prompt => prompt, StringComparer.Ordinal).ToList();
        var population = byPrompt.Sum(prompt => prompt.Value) - unscored;
        if (scored.Count == population)
            return new IntervalEstimate(estimate, estimate, estimate);

        var sequence = new BettingSequence(-1, 1, alpha, byPrompt.TrueForAll(prompt => prompt.Value == 1) ? population : null);
        foreach (var pair in scored.DistinctBy(pair => pair.Cluster, StringComparer.Ordinal))
            sequence.Take(OutcomeRule.ChangeOf(pair.Transition));
        return new IntervalEstimate(estimate, sequence.Current.Low, sequence.Current.High);
    }

    static IReadOnlyList<CategoryEvidence> CategoriesOf(List<PairedCase> scored, DecisionRule rule)
    {
        var categories = scored.GroupBy(pair => pair.Category, StringComparer.Ordinal).Select(group =>
        {
            var evidence = new KindEvidence(rule.Margin);
            foreach (var pair in group)
                evidence.Take(pair.Cluster, OutcomeRule.ChangeOf(pair.Transition));
            return (Name: group.Key, Odds: Odds(evidence.LogWorse), evidence.Broke, evidence.Mended);
        }).OrderByDescending(category => category.Odds).ThenBy(category => category.Name, StringComparer.Ordinal).ToList();
        var flagged = MultipleTests.EBenjaminiHochberg(categories.ConvertAll(category => category.Odds), rule.Alpha);
        return [.. categories.Select((category, i) => new CategoryEvidence(category.Name, category.Odds, category.Broke, category.Mended, flagged[i]))];
    }

    static double Odds(double log) => Math.Min(MostOdds, Math.Exp(log));
}
