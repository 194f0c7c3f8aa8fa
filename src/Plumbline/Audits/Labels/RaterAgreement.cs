using System.Globalization;
using System.Text.Json.Serialization;
using Plumbline.Naming;
using Plumbline.Statistics;
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

    /// <summary>Of how many answers both must have counted the bad outcome, and of how many both must not have: else a single one decides what kappa is.</summary>
    public const int FewestOfEither = 5;

    /// <summary>Kappa with its interval at the audit's confidence, from resampling whole prompts or groups; null where there is no kappa, and in documents of versions that did not say it.</summary>
    public IntervalEstimate? KappaInterval { get; init; }

    /// <summary>How many of the answers the rater counts as the bad outcome; null in documents of versions that did not say it.</summary>
    public int? Counted { get; init; }

    /// <summary>How many of the answers the other counts as the bad outcome; null in documents of versions that did not say it.</summary>
    public int? OtherCounted { get; init; }

    /// <summary>
    /// Whether they agree no more than chance would have it: then what the labels say hangs on who wrote them. Known only where both counted some answers of either
    /// kind and kappa's interval leaves no fair agreement: of rare outcomes kappa is 0 as soon as two who agree about all others differ once (A. R. Feinstein and
    /// D. V. Cicchetti, Journal of Clinical Epidemiology 43, 1990).
    /// </summary>
    [JsonIgnore]
    public bool IsChance => Answers >= FewestAnswers && HasEnoughOfEither && Kappa <= 0 && KappaInterval?.High < Poor;

    /// <summary>Why the labels are to be used with care; null where nothing speaks against them, and where too few answers are labelled by both.</summary>
    public string? Caution => Answers < FewestAnswers || !(Kappa < Poor) ? null : HasEnoughOfEither ? Disagreement : TooFew;

    /// <summary>Kappa in words: two digits, cut and not rounded, as its caution writes it; null where there is none.</summary>
    [JsonIgnore]
    public string? KappaShown => Kappa is { } kappa ? Cut(kappa) : null;

    bool HasEnoughOfEither => new[] { Counted, OtherCounted }.All(counted => counted is { } some && Math.Min(some, Answers - some) >= FewestOfEither);

    string Disagreement => string.Create(
        CultureInfo.InvariantCulture,
        $"'{Rater}' and '{Other}' {(IsChance ? "contradict each other" : "agree poorly")} about {Event}: of the {Thousands.Of(Answers)} answers that both labelled they say the same of {Same} ")
        + string.Create(CultureInfo.InvariantCulture, $"(Cohen's kappa {Cut(Kappa!.Value)}{Between}, {(IsChance ? "no more than chance would have it" : $"below {Poor:0.0}")}). What corrects the judge hangs on whose labels are taken: settle what counts, and label anew.");

    string TooFew => Counted is { } ours && OtherCounted is { } theirs
        ? string.Create(CultureInfo.InvariantCulture, $"Whether '{Rater}' and '{Other}' agree about {Event} cannot be told: of the {Thousands.Of(Answers)} answers that both labelled they say the same of {Same}, but the one counts {Thousands.Of(ours)} and the other {Thousands.Of(theirs)}, ")
            + $"and kappa says little with fewer than {FewestOfEither} of either kind from each. Look at those of which they differ."
        : string.Create(CultureInfo.InvariantCulture, $"'{Rater}' and '{Other}' agree poorly about {Event}: of the {Thousands.Of(Answers)} answers that both labelled they say the same of {Same} (Cohen's kappa {Cut(Kappa!.Value)}, below {Poor:0.0}).");

    string Between => KappaInterval is { } interval ? $", interval {Cut(interval.Low)} to {Cut(interval.High)}" : "";

    // Cut, not rounded: one disagreement in two thousand is not 100%, and 0.397 is not 0.40 where it is called less.
    string Same => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(1000 * Math.Round((decimal)Agreement, 9)) / 10:0.#}%");

    static string Cut(double kappa) => (Math.Floor(100 * Math.Round((decimal)kappa, 9)) / 100).ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>The cautions of all.</summary>
    internal static IEnumerable<string> Cautions(IEnumerable<RaterAgreement>? agreements) => (agreements ?? []).Select(one => one.Caution).OfType<string>();
}
