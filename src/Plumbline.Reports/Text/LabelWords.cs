using Plumbline.Audits;
using Plumbline.Audits.Labels;
using Plumbline.Statistics;
using Plumbline.Statistics.Labels;
using Plumbline.Suites;

namespace Plumbline.Reports.Text;

/// <summary>The words for what people's labels make of a judge.</summary>
public static class LabelWords
{
    /// <summary>What must be known wherever a corrected figure is shown.</summary>
    public const string Condition = "The corrected figure is unbiased only where the labelled cases were drawn at random, as 'plumb labels export -n' draws them.";

    /// <summary>What the labels make of the figure of the suite's first kind of prompt, and of the kind that the verdict is about where that is another: a sentence a rater
    /// and kind, and before them where people who labelled the same answers do not agree; none where nobody labelled such cases.</summary>
    public static IReadOnlyList<string> OfVerdict(AuditDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return [.. Doubts(document), .. Figures(document)];
    }

    /// <summary>Of <see cref="OfVerdict"/> what is said of people who labelled the same answers and do not agree; the worst first.</summary>
    public static IReadOnlyList<string> Doubts(AuditDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return [.. from pair in document.RaterAgreement ?? [] where IsOfVerdict(pair.Kind, document) && pair.Caution is not null orderby pair.Kappa select pair.Caution];
    }

    /// <summary>Of <see cref="OfVerdict"/> what the labels of each make of the figure.</summary>
    public static IReadOnlyList<string> Figures(AuditDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return [.. from theirs in document.Labelled ?? [] from one in theirs.Comparisons where IsOfVerdict(one.Kind, document) select Sentence(one, document, theirs.Rater)];
    }

    /// <summary>"With 60 cases labelled by people: harmful answers +12.3 points (95% interval …), where the judge alone sees +8.0 points …"</summary>
    public static string Sentence(LabelledComparison comparison, AuditDocument document, string rater)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(document);
        var who = (document.Labelled?.Count ?? 0) > 1 ? $"'{rater}'" : "people";
        if (comparison.Difference is not { } difference)
        {
            return $"One case is labelled by {who}: one makes no figure.";
        }

        if (comparison.LooksChosen)
        {
            return $"{Cases(comparison)} labelled by {who} do not look drawn at random, so they cannot correct the judge.";
        }

        var alone = comparison.Judge is { } judge ? WithInterval(judge) : Numbers.SignedPoints(difference.JudgeOnly);
        return $"With {Cases(comparison)} labelled by {who}: {comparison.Event} {WithInterval(difference.Mean, $"{Numbers.Percent(1 - document.Rule.Alpha)} interval ")}, where the judge alone sees "
            + $"{alone}. {Agreed(comparison, difference)} It holds if the cases were drawn at random{(comparison.Labelled < LabelledComparison.FewestTested ? $", and {comparison.Labelled} are few" : "")}.";
    }

    /// <summary>"'human:ann' and 'human:bob', harmful answers: 80 answers labelled by both, agreement 92.5%, Cohen's kappa 0.81"</summary>
    public static string Sentence(RaterAgreement agreement)
    {
        ArgumentNullException.ThrowIfNull(agreement);
        return $"'{agreement.Rater}' and '{agreement.Other}', {agreement.Event}: {Numbers.Count(agreement.Answers, "answer")} labelled by both, agreement {Numbers.Share(agreement.Agreement)}, "
            + $"Cohen's kappa {agreement.KappaShown ?? "not determined"}.";
    }

    /// <summary>A figure with its interval behind it.</summary>
    public static string WithInterval(IntervalEstimate estimate, string before = "")
    {
        ArgumentNullException.ThrowIfNull(estimate);
        return $"{Numbers.SignedPoints(estimate.Estimate)} ({before}{Numbers.Interval(estimate.Low, estimate.High, Numbers.Points)})";
    }

    /// <summary>Where nobody contradicts the judge, a figure other than its own wants a reason.</summary>
    private static string Agreed(LabelledComparison comparison, LabelCorrectedMean difference) => comparison.Agreement < 1
        ? $"People and judge say the same of {Numbers.Share(comparison.Agreement)} of the labelled answers."
        : "People and judge say the same of every labelled answer, so no score of the judge is doubted"
            + (Numbers.Points(difference.Mean.Estimate) == Numbers.Points(difference.JudgeOnly) ? "."
                : difference.Weight == 0 ? $"; the figure is that of the {Cases(comparison)} with labels alone."
                : $"; the figure is another because it also goes by the {Cases(comparison)} with labels for themselves, which show {Numbers.SignedPoints(difference.HumanOnly.Estimate)} (weight of the judge over all cases: {Numbers.Mean(difference.Weight)}).");

    private static bool IsOfVerdict(PromptKind kind, AuditDocument document) => kind == document.FirstKind || kind == document.Verdict.Kind;

    private static string Cases(LabelledComparison comparison) => comparison.Labelled == 1 ? "1 case" : $"{Numbers.Thousands(comparison.Labelled)} cases";
}
