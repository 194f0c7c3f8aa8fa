namespace Plumbline.Audits.Planning;

/// <summary>
/// What an audit of a given size would conclude, before anything is spent. The chances are counted, not simulated: over all numbers of broken and
/// mended cases, each weighed by its trinomial chance and decided by the verdict's own rule. Cases that share prompts are counted as fewer
/// independent ones (Kish's design effect), as the verdict's interval does.
/// </summary>
public static class AuditPower
{
    /// <summary>The chance of the wanted verdict that plans aim at where nobody says otherwise.</summary>
    public const double UsualPower = 0.8;

    /// <summary>The most independent cases that a search looks at.</summary>
    const int MostCases = 200_000;

    /// <summary>Up to so many cases chances are counted for an audit that has run; beyond, its normal approximation is as good, and takes no time.</summary>
    const int MostCounted = 5_000;

    /// <summary>A search that began below that goes on to so many.</summary>
    const int MostTried = 20_000;

    /// <summary>How likely each verdict is.</summary>
    /// <param name="design">How many cases are asked.</param>
    /// <param name="change">What the candidate is assumed to do.</param>
    /// <param name="rule">The rule that decides. For a kind that is not the suite's first, its α divided by the number of kinds, and the interval's as it is.</param>
    /// <exception cref="ArgumentException">The design or the change cannot be.</exception>
    public static VerdictChances Chances(PlannedDesign design, AssumedChange change, DecisionRule rule)
    {
        design.Check(nameof(design));
        change.Check(nameof(change));
        return new VerdictTable(design.Effective, rule).Chances(change);
    }

    /// <summary>
    /// The smallest rise in the share of bad outcomes that is called regressed with the given chance, to a tenth of a point; null where not even a
    /// candidate whose every case breaks would be.
    /// </summary>
    /// <param name="design">How many cases are asked.</param>
    /// <param name="rule">The rule that decides.</param>
    /// <param name="noise">The share of cases that change by chance besides.</param>
    /// <param name="power">The chance, above 0 and below 1.</param>
    public static double? SmallestShift(PlannedDesign design, DecisionRule rule, double noise = AssumedChange.UsualNoise, double power = UsualPower)
    {
        design.Check(nameof(design));
        Check(power);
        var table = new VerdictTable(design.Effective, rule);
        const int steps = 1000;
        var first = FirstTrue(0, (int)Math.Floor((1 - noise) * steps), step => table.Chances(new AssumedChange((double)step / steps, noise)).Regressed >= power);
        return first is { } found ? (double)found / steps : null;
    }

    /// <summary>
    /// How many prompts are needed, at the design's cases a prompt, for the given chance of a verdict; null where more than 200,000 independent
    /// cases would not do (such as "held" for a candidate that is worse by the margin). The chance goes up and down a little from one number
    /// to the next, because cases are whole: a plan of a few more may fall short by a point or two.
    /// </summary>
    /// <param name="design">Cases a prompt and their sharing; its number of prompts does not matter.</param>
    /// <param name="change">What the candidate is assumed to do.</param>
    /// <param name="wanted">The verdict.</param>
    /// <param name="rule">The rule that decides.</param>
    /// <param name="power">The chance, above 0 and below 1.</param>
    public static int? PromptsNeeded(PlannedDesign design, AssumedChange change, VerdictOutcome wanted, DecisionRule rule, double power = UsualPower)
    {
        design.Check(nameof(design));
        change.Check(nameof(change));
        Check(power);
        var reaches = (int cases) => new VerdictTable(cases, rule).Chances(change).Of(wanted) >= power;

        // Doubling first: large tables cost more than small ones.
        var enough = 1;
        while (!reaches(enough))
        {
            if (enough >= MostCases)
                return null;
            enough = Math.Min(MostCases, enough * 2);
        }

        var cases = FirstTrue(enough / 2, enough, reaches)!.Value;
        return (int)Math.Ceiling(cases * design.DesignEffect / design.CasesPerPrompt - 1e-9);
    }

    /// <summary>
    /// About how many independent cases are needed in all for the given chance of any verdict, if the candidate truly does what an audit saw: counted as a plan is, so
    /// that both say the same of the same candidate. To a hundredth; what the normal approximation says where that is beyond 5,000. Null where the approximation is below,
    /// and 20,000 do not suffice.
    /// </summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="rule">The rule that decides.</param>
    /// <param name="approximately">What the normal approximation says; at least 1. The search begins there.</param>
    /// <param name="power">The chance, above 0 and below 1.</param>
    internal static int? CasesToDecide(AssumedChange seen, DecisionRule rule, int approximately, double power = UsualPower)
    {
        seen.Check(nameof(seen));
        Check(power);
        if (approximately > MostCounted)
            return approximately;

        var decides = (int cases) => 1 - new VerdictTable(cases, rule).Chances(seen).NotEnoughEvidence >= power;
        var (few, enough) = (1, approximately);
        while (!decides(enough))
        {
            if (enough >= MostTried)
                return null;
            (few, enough) = (enough, Math.Min(MostTried, enough + (enough + 1) / 2));
        }

        while (enough - few > Math.Max(1, enough / 100))
        {
            var middle = few + (enough - few) / 2;
            if (decides(middle))
                enough = middle;
            else
                few = middle;
        }

        return enough;
    }

    // Bisection: the first place from which on the answer is yes, where it changes once.
    static int? FirstTrue(int from, int to, Func<int, bool> isTrue)
    {
        if (!isTrue(to))
            return null;
        while (from < to)
        {
            var middle = from + (to - from) / 2;
            if (isTrue(middle))
                to = middle;
            else
                from = middle + 1;
        }

        return to;
    }

    static void Check(double power)
    {
        if (power is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(power), power, "A chance to aim at lies between 0 and 1.");
    }
}
