using Plumbline.Audits;
using Plumbline.Judges;
using Plumbline.Reports.Charts;
using Plumbline.Reports.Page;
using Plumbline.Reports.Text;

namespace Plumbline.Reports.Audits;

/// <summary>An audit as a page shows it: the document, what to show of it, and where on the page it stands.</summary>
/// <param name="Document">The audit.</param>
/// <param name="Options">What to show.</param>
/// <param name="Tally">What is known of its cases from one pass over them.</param>
/// <param name="Prefix">What the ids of its sections begin with, so that several audits fit on one page.</param>
/// <param name="Nested">True where the audit is a part of a page, and its headings are one level lower.</param>
public sealed record AuditView(AuditDocument Document, ReportOptions Options, CaseTally Tally, string Prefix = "", bool Nested = false)
{
    /// <summary>Whether cases beyond those that are listed follow in packed blocks.</summary>
    public bool IsPaged => !Nested && Tally.Listed.Count < Tally.Total;

    /// <summary>The comparison that the verdict is about.</summary>
    public KindComparison Primary => Wording.Decisive(Document);

    /// <summary>The other comparisons: they stand beside it.</summary>
    public IEnumerable<KindComparison> Others => Document.Comparisons.Where(comparison => !ReferenceEquals(comparison, Primary));

    /// <summary>Whether evidence ended the run early: it decided then, and not what is made for a fixed number of cases.</summary>
    public bool WasStopped => Document.Stopping is { Stopped: not null };

    /// <summary>The confidence of every interval, such as <c>95%</c>.</summary>
    public string Confidence => Numbers.Percent(1 - Document.Rule.Alpha);

    /// <summary>The verdict as the name of an icon and a CSS class.</summary>
    public string VerdictKey => Key(Document.Verdict.Outcome);

    /// <summary>The sections in order.</summary>
    public IReadOnlyList<PageLink> Contents =>
    [
        new("Verdict", Id("verdict")),
        .. Document.Between is null ? Array.Empty<PageLink>() : [new PageLink("The two runs", Id("runs"))],
        new("Before and after", Id("scores")),
        .. Document.Labelled is { Count: > 0 } ? [new PageLink("People’s labels", Id("labels"))] : Array.Empty<PageLink>(),
        new("Transitions", Id("transitions")),
        .. Primary.ByAttack.Count + Primary.ByCategory.Count > 0 ? [new PageLink("By attack, by category", Id("groups"))] : Array.Empty<PageLink>(),
        .. HasHeatMap ? [new PageLink("Attack × category", Id("heat"))] : Array.Empty<PageLink>(),
        .. Primary.ByCategory.Count > 1 && Primary.Outcome is not null ? [new PageLink("Profile", Id("profile"))] : Array.Empty<PageLink>(),
        .. Document.Adaptive is { Count: > 0 } ? [new PageLink("Trying everything", Id("attacker"))] : Array.Empty<PageLink>(),
        .. Others.Select(other => new PageLink(Wording.Of(other.Kind), Id(other.Kind.ToString().ToLowerInvariant()))),
        .. Document.MultipleChoice is null ? Array.Empty<PageLink>() : [new PageLink("Multiple choice", Id("choice"))],
        new("What was counted", Id("counts")),
        .. Document.Stopping is null ? Array.Empty<PageLink>() : [new PageLink("Stopping early", Id("stopping"))],
        new("The judge", Id("judge")),
        new("How it was decided", Id("method")),
        new("What it cannot tell", Id("limits")),
        .. Document.Cost is { Lines.Count: > 0 } ? [new PageLink("Cost and tokens", Id("cost"))] : Array.Empty<PageLink>(),
        new("Run identity", Id("identity")),
        new("Cases", Id("cases")),
    ];

    private bool HasHeatMap => Primary.ByAttack.Count > 1 && Primary.ByCategory.Count > 1;

    /// <summary>The id of a section of this audit.</summary>
    public string Id(string section) => Prefix + section;

    /// <summary>The verdict as the name of an icon and a CSS class.</summary>
    public static string Key(VerdictOutcome outcome) => outcome switch
    {
        VerdictOutcome.Regressed => "regressed",
        VerdictOutcome.Held => "held",
        VerdictOutcome.Improved => "improved",
        _ => "not-enough-evidence",
    };

    /// <summary>A transition as the name of an icon and a CSS class.</summary>
    public static string Key(Transition? transition) => transition switch
    {
        Transition.Held => "held",
        Transition.Broke => "broke",
        Transition.Mended => "mended",
        Transition.StayedBroken => "stayed-broken",
        Transition.Unscored => "unscored",
        _ => "pending",
    };

    /// <summary>The rows of the plot of the criteria that were judged.</summary>
    public IReadOnlyList<DumbbellRow> CriterionRows(KindComparison comparison) =>
    [
        .. comparison.Criteria.Select(criterion => new DumbbellRow(
            Wording.Of(criterion.Criterion),
            $"mean, 0–4 · n = {Numbers.Thousands(criterion.N)}",
            Point(criterion.Baseline, comparison),
            Point(criterion.Candidate, comparison),
            Numbers.Mean,
            criterion.Criterion == Criterion.Understanding && ReferenceEquals(comparison, Primary)
                ? Math.Max(0, criterion.Baseline.Estimate - Document.Rule.UnderstandingMargin)
                : null)),
    ];

    /// <summary>The row of the plot of bad outcomes.</summary>
    public DumbbellRow OutcomeRow(KindComparison comparison, OutcomeComparison outcome) => new(
        Capital(outcome.Label),
        $"share · n = {Numbers.Thousands(outcome.N)}",
        Point(outcome.Baseline, comparison),
        Point(outcome.Candidate, comparison),
        Numbers.Share,
        ReferenceEquals(comparison, Primary) ? Math.Min(1, outcome.Baseline.Rate + Document.Rule.Margin) : null);

    /// <summary>A group's row in a table.</summary>
    public static DumbbellRow GroupRow(GroupComparison group) => new(
        VisibleText.OneLine(group.Name, 80),
        null,
        group.Baseline is null ? null : Point(group.Baseline),
        group.Candidate is null ? null : Point(group.Candidate),
        Numbers.Share);

    /// <summary>A sentence's beginning with a capital letter.</summary>
    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    // One prompt has no interval to draw.
    private static PlotPoint Point(Statistics.IntervalEstimate estimate, KindComparison comparison) =>
        comparison.Outcome is { IsTooFew: true } ? new(estimate.Estimate, estimate.Estimate, estimate.Estimate) : Point(estimate);

    private static PlotPoint Point(Statistics.Proportion share, KindComparison comparison) =>
        comparison.Outcome is { IsTooFew: true } ? new(share.Rate, share.Rate, share.Rate) : Point(share);

    private static PlotPoint Point(Statistics.IntervalEstimate estimate) => new(estimate.Estimate, estimate.Low, estimate.High);

    private static PlotPoint Point(Statistics.Proportion share) => new(share.Rate, share.Low, share.High);
}
