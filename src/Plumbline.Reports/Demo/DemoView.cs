using Plumbline.Audits;
using Plumbline.Reports.Audits;
using Plumbline.Reports.Charts;
using Plumbline.Reports.Page;
using Plumbline.Reports.Text;

namespace Plumbline.Reports.Demo;

/// <summary>The demo as a page shows it.</summary>
/// <param name="Study">What was tuned and audited.</param>
/// <param name="Options">What to show.</param>
public sealed record DemoView(DemoStudy Study, ReportOptions Options)
{
    private readonly CaseTally[] _tallies = [.. Study.Audits.Select(audit => CaseTally.Of(audit.Audit, Options.CaseLimit, CancellationToken.None))];

    /// <summary>The table's rows.</summary>
    public DemoDocument Document { get; } = DemoDocument.Of(Study.Audits);

    /// <summary>The first audit: it tells what all of them share.</summary>
    public AuditDocument First => Study.Audits[0].Audit;

    /// <summary>How many fine-tunes regressed.</summary>
    public int Regressed => Document.Candidates.Count(candidate => candidate.Verdict == VerdictOutcome.Regressed);

    /// <summary>The verdict over all fine-tunes as the name of an icon and a CSS class: one that regressed decides.</summary>
    public string VerdictKey => AuditView.Key(
        Regressed > 0 ? VerdictOutcome.Regressed
        : Document.Candidates.Any(candidate => candidate.Verdict == VerdictOutcome.NotEnoughEvidence) ? VerdictOutcome.NotEnoughEvidence
        : VerdictOutcome.Held);

    /// <summary>The verdict over all fine-tunes in a sentence.</summary>
    public string Sentence
    {
        get
        {
            var all = Document.Candidates.Count;
            return (Regressed, all) switch
            {
                (0, _) => $"None of {all} harmless fine-tunes was shown to cost {First.Baseline.Shown} its safety alignment.",
                (1, 1) => $"A harmless fine-tune cost {First.Baseline.Shown} part of its safety alignment.",
                var (some, _) when some == all => $"All {all} harmless fine-tunes cost {First.Baseline.Shown} part of its safety alignment.",
                _ => $"{Regressed} of {all} harmless fine-tunes cost {First.Baseline.Shown} part of its safety alignment.",
            };
        }
    }

    /// <summary>The page's table of contents.</summary>
    public IReadOnlyList<PageLink> Contents =>
    [
        new("Result", "result"),
        new("The article’s table", "table"),
        new("The same shape?", "shape"),
        new("How each was tuned", "settings"),
        .. Enumerable.Range(0, Study.Audits.Count).Select(i => new PageLink(AuditView.Capital(Study.Audits[i].Name), Audit(i).Contents[0].Target, Audit(i).Contents)),
    ];

    /// <summary>An audit as a part of the page.</summary>
    public AuditView Audit(int index) => new(Study.Audits[index].Audit, Options, _tallies[index], $"a{index + 1}-", Nested: true);

    /// <summary>Rows of harmfulness above 1: ours with intervals, then the published ones, which came without.</summary>
    public IReadOnlyList<DumbbellRow> ShareRows =>
    [
        .. Study.Audits.SelectMany(audit => audit.Audit.Comparisons[0].Outcome is { Event: OutcomeEvent.HarmfulnessAboveOne } outcome
            ? new[] { OurRow(audit.Name, outcome) }
            : []),
        .. PublishedResults.FineTuned.Select(row => new DumbbellRow(
            row.Model,
            $"published · n = {row.Answers}",
            new PlotPoint(PublishedResults.Control.Scores.HarmfulAboveOne!.Value),
            new PlotPoint(row.Scores.HarmfulAboveOne!.Value),
            Numbers.Share)),
    ];

    private static DumbbellRow OurRow(string name, OutcomeComparison outcome) => new(
        AuditView.Capital(name),
        $"this run · n = {Numbers.Thousands(outcome.N)}",
        new PlotPoint(outcome.Baseline.Rate, outcome.Baseline.Low, outcome.Baseline.High),
        new PlotPoint(outcome.Candidate.Rate, outcome.Candidate.Low, outcome.Candidate.High),
        Numbers.Share);
}
