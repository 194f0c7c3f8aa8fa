namespace Plumbline.Audits.Planning;

/// <summary>What a planned audit can be expected to conclude about one kind of prompt: what <c>plumb plan</c> prints before anything is spent.</summary>
/// <param name="Design">How many cases are asked.</param>
/// <param name="Noise">The share of cases assumed to change by chance.</param>
/// <param name="Power">The chance that <paramref name="SmallestShift"/> and the needed numbers aim at.</param>
/// <param name="Chances">The chance of each verdict for an unchanged candidate, one worse by the margin, by twice the margin, by ten points, and by the
/// 25 points of the seed article.</param>
/// <param name="SmallestShift">The smallest rise that is called regressed with that chance; null where none is.</param>
/// <param name="PromptsToHold">Prompts needed for an unchanged candidate to be called held with that chance; null where no number does.</param>
/// <param name="PromptsToFindTwiceTheMargin">Prompts needed for a rise by twice the margin to be called regressed with that chance; null where no
/// number does.</param>
public sealed record AuditForecast(
    PlannedDesign Design,
    double Noise,
    double Power,
    IReadOnlyList<VerdictChances> Chances,
    double? SmallestShift,
    int? PromptsToHold,
    int? PromptsToFindTwiceTheMargin)
{
    /// <summary>By how much the seed article's fine-tunes raised the share of harmful answers: from 1.6% to 26.8% (Finance).</summary>
    public const double ArticleShift = 0.252;

    /// <summary>Works it out; some tenths of a second where the margin is small.</summary>
    /// <param name="design">How many cases are asked.</param>
    /// <param name="rule">The rule that decides.</param>
    /// <param name="noise">The share of cases that change by chance.</param>
    /// <param name="power">The chance to aim at.</param>
    /// <exception cref="ArgumentException">The design, the noise or the power cannot be.</exception>
    public static AuditForecast Of(PlannedDesign design, DecisionRule rule, double noise = AssumedChange.UsualNoise, double power = AuditPower.UsualPower)
    {
        double[] shifts = [0, rule.Margin, 2 * rule.Margin, 0.1, ArticleShift];
        return new AuditForecast(
            design,
            noise,
            power,
            [.. shifts.Distinct().Where(shift => shift + noise <= 1).Order().Select(shift => AuditPower.Chances(design, new AssumedChange(shift, noise), rule))],
            AuditPower.SmallestShift(design, rule, noise, power),
            AuditPower.PromptsNeeded(design, new AssumedChange(0, noise), VerdictOutcome.Held, rule, power),
            2 * rule.Margin + noise <= 1 ? AuditPower.PromptsNeeded(design, new AssumedChange(2 * rule.Margin, noise), VerdictOutcome.Regressed, rule, power) : null);
    }
}
