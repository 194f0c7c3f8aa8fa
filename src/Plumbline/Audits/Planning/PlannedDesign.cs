using Plumbline.Cases;

namespace Plumbline.Audits.Planning;

/// <summary>How many cases of one kind of prompt are to be asked, and how much they share.</summary>
/// <param name="Prompts">Different prompts, those of a group counted as one; at least 1.</param>
/// <param name="CasesPerPrompt">Cases a prompt: wordings × attacks × repeats. At least 1; need not be whole where prompts differ in it.</param>
/// <param name="Sharing">
/// How alike the changes of one prompt's cases are, as their correlation from 0 (each case stands for itself) to 1 (a prompt's cases all do the
/// same, as repeats at temperature 0 do).
/// </param>
public sealed record PlannedDesign(int Prompts, double CasesPerPrompt, double Sharing = PlannedDesign.UsualSharing)
{
    /// <summary>A middling value, for want of a better one: an earlier audit's design effect tells it by <see cref="SharingOf"/>.</summary>
    public const double UsualSharing = 0.2;

    /// <summary>
    /// What planned cases of one kind amount to. Attacks and repeats are alike as usual. Wordings of one group under one attack count as one, as the verdict counts them
    /// until groups change and show otherwise (<see cref="Statistics.DesignEffect.OfChanges"/>): a plan that reckoned with less would promise what the rule does not keep.
    /// </summary>
    /// <param name="asked">The cases; at least one.</param>
    /// <param name="sampling">At temperature 0 repeats of a case give the same answer, and stand for one.</param>
    public static PlannedDesign Of(IReadOnlyList<AuditCase> asked, Sampling sampling)
    {
        ArgumentNullException.ThrowIfNull(asked);
        ArgumentNullException.ThrowIfNull(sampling);
        IReadOnlyList<AuditCase> different = sampling.Temperature > 0 ? asked : [.. asked.Where(one => one.Repeat == 0)];
        var prompts = different.Select(one => one.Prompt.Cluster).Distinct(StringComparer.Ordinal).Count();
        var design = new PlannedDesign(prompts, (double)different.Count / prompts);
        if (different.All(one => one.Prompt.Group is null))
            return design;

        var askings = different.Select(one => (one.Prompt.Cluster, one.Attack, one.Repeat)).Distinct().Count();
        var wordings = (double)different.Count / askings;
        var ofOneWording = new PlannedDesign(prompts, (double)askings / prompts);
        return design with { Sharing = SharingOf(wordings * ofOneWording.DesignEffect, design.CasesPerPrompt) };
    }

    /// <summary>All cases.</summary>
    public double Cases => Prompts * CasesPerPrompt;

    /// <summary>By how much sharing makes the variance larger: <c>1 + (cases a prompt − 1) · sharing</c> (Kish, "Survey Sampling", 1965, section 5.4).</summary>
    public double DesignEffect => 1 + (CasesPerPrompt - 1) * Sharing;

    /// <summary>How many independent cases are worth as much, rounded down, at least 1.</summary>
    public int Effective => Math.Max(1, (int)(Cases / DesignEffect + 1e-9));

    /// <summary>The sharing that an audit showed: the inverse of <see cref="DesignEffect"/>, from 0 to 1.</summary>
    /// <param name="designEffect">Its design effect, at least 1.</param>
    /// <param name="casesPerPrompt">Its cases a prompt.</param>
    public static double SharingOf(double designEffect, double casesPerPrompt) =>
        casesPerPrompt <= 1 ? 0 : Math.Clamp((designEffect - 1) / (casesPerPrompt - 1), 0, 1);

    /// <summary>Refuses a design that cannot be.</summary>
    /// <param name="parameter">The name of the caller's parameter.</param>
    /// <exception cref="ArgumentException">A part is out of its range.</exception>
    internal void Check(string parameter)
    {
        if (Prompts < 1 || !(CasesPerPrompt >= 1) || !(Sharing is >= 0 and <= 1))
            throw new ArgumentException($"{this}: a design has at least one prompt, at least one case a prompt, and a sharing from 0 to 1.", parameter);
    }
}
