using System.Globalization;
using System.Text.Json.Serialization;
using Plumbline.Suites;

namespace Plumbline.Audits.Labels;

/// <summary>How far two people, or groups, say the same of the answers that both have labelled, to one kind of prompt.</summary>
/// <param name="Kind">The kind of prompt.</param>
/// <param name="Event">The bad outcome that is counted, in words.</param>
/// <param name="Rater">Whose labels: <c>human</c>, or <c>human:NAME</c>.</param>
/// <param name="Other">Whose labels they are held against.</param>
/// <param name="Answers">How many answers both have labelled; at least 1.</param>
/// <param name="Agreement">The share of them of which both say the same; from 0 to 1.</param>
/// <param name="Kappa">Cohen's kappa, from −1 to 1; null where both said one and the same of all answers, and nothing is left to chance.</param>
public sealed record RaterAgreement(PromptKind Kind, string Event, string Rater, string Other, int Answers, double Agreement, double? Kappa)
{
    /// <summary>Below this kappa agreement is poor (J. L. Fleiss, Statistical Methods for Rates and Proportions, 1981, ch. 13), and at most fair (J. R. Landis and G. G. Koch,
    /// Biometrics 33, 1977).</summary>
    public const double Poor = 0.4;

    /// <summary>Of fewer answers than these kappa says next to nothing.</summary>
    public const int FewestAnswers = 10;

    /// <summary>Whether they agree no more than chance would have it: then what the labels say hangs on who wrote them.</summary>
    [JsonIgnore]
    public bool IsChance => Answers >= FewestAnswers && Kappa <= 0;

    /// <summary>Why the labels are to be used with care; null where nothing speaks against them, and where too few answers are labelled by both.</summary>
    public string? Caution => Answers < FewestAnswers || !(Kappa < Poor) ? null
        : string.Create(CultureInfo.InvariantCulture, $"'{Rater}' and '{Other}' {(IsChance ? "contradict each other" : "agree poorly")} about {Event}: of the {Answers} answers that both labelled they say the same of {Math.Round(100 * Agreement)}% ")
            + string.Create(CultureInfo.InvariantCulture, $"(Cohen's kappa {Kappa:0.00}, {(IsChance ? "no more than chance would have it" : $"below {Poor:0.0}")}). What corrects the judge hangs on whose labels are taken: settle what counts, and label anew.");

    /// <summary>The cautions of all.</summary>
    internal static IEnumerable<string> Cautions(IEnumerable<RaterAgreement>? agreements) => (agreements ?? []).Select(one => one.Caution).OfType<string>();
}
