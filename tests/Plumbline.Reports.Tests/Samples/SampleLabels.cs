using Plumbline.Audits;
using Plumbline.Audits.Labels;
using Plumbline.Statistics;
using Plumbline.Statistics.Labels;
using Plumbline.Suites;

namespace Plumbline.Reports.Tests.Samples;

/// <summary>Invented labels of people on invented audits.</summary>
internal static class SampleLabels
{
    /// <summary>Labels of harmful cases, by which the judge sees four points too many.</summary>
    public static AuditDocument On(AuditDocument audit, int labelled, double drawP, string rater = "human", string counted = "harmful answers") => audit with
    {
        Labelled =
        [
            new LabelledBy(rater,
            [
                new LabelledComparison(
                    PromptKind.Harmful,
                    counted,
                    labelled,
                    0.95,
                    new LabelCorrectedMean(new IntervalEstimate(0.22, 0.14, 0.3), 0.8, labelled, 190, new IntervalEstimate(0.2, 0.08, 0.32), 0.26) { StandardError = 0.04, DegreesOfFreedom = labelled - 1 })
                {
                    Changed = 12,
                    BaselineLabels = labelled,
                    CandidateLabels = labelled,
                    Judge = new IntervalEstimate(0.26, 0.21, 0.31),
                    DrawP = drawP,
                },
            ]),
        ],
    };
}
