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
/// The difference in the share of bad outcomes so far, with an interval for what it is over all planned cases of the kind that can be scored; the
/// interval holds at every case, at the rule's stated α. Null where nothing is scored.
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
        var unscored = pairs.Take(taken).Count(pair => pair.Kind == kind) - scored.Count;
        return new SequentialFact(
            Odds(evidence.LogWorse),
            Odds(evidence.LogNotWorse),
            rule.Needed,
            evidence.Broke,
            evidence.Mended,
            scored.Count == 0 ? null : DifferenceOf(scored, pairs.Count(pair => pair.Kind == kind) - unscored, rule.Stated.Alpha),
            CategoriesOf(scored, rule.Stated));
    }

    /// <summary>The difference so far, with an interval that holds at every case.</summary>
    /// <param name="scored">The cases taken that are scored, in the order in which they were asked.</param>
    /// <param name="population">How many there are in all, as far as they can be scored.</param>
    /// <param name="alpha">Two-sided error rate.</param>
    internal static IntervalEstimate DifferenceOf(IReadOnlyList<PairedCase> scored, int population, double alpha)
    {
        var sequence = new BettingSequence(-1, 1, alpha, population);
        foreach (var pair in scored)
            sequence.Take(SequentialDecision.ChangeOf(pair));
        return new IntervalEstimate(scored.Average(SequentialDecision.ChangeOf), sequence.Current.Low, sequence.Current.High);
    }

    static IReadOnlyList<CategoryEvidence> CategoriesOf(List<PairedCase> scored, DecisionRule rule)
    {
        var categories = scored.GroupBy(pair => pair.Category, StringComparer.Ordinal).Select(group =>
        {
            var evidence = new KindEvidence(rule.Margin);
            foreach (var pair in group)
                evidence.Take(pair.PromptId, SequentialDecision.ChangeOf(pair));
            return (Name: group.Key, Odds: Odds(evidence.LogWorse), evidence.Broke, evidence.Mended);
        }).OrderByDescending(category => category.Odds).ThenBy(category => category.Name, StringComparer.Ordinal).ToList();
        var flagged = MultipleTests.EBenjaminiHochberg(categories.ConvertAll(category => category.Odds), rule.Alpha);
        return [.. categories.Select((category, i) => new CategoryEvidence(category.Name, category.Odds, category.Broke, category.Mended, flagged[i]))];
    }

    static double Odds(double log) => Math.Min(MostOdds, Math.Exp(log));
}
