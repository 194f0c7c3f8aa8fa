using System.Text.Json.Serialization;
using Plumbline.Judges;
using Plumbline.Judges.Panels;
using Plumbline.Statistics.Agreement;

namespace Plumbline.Audits;

/// <summary>How far the members of a panel agree on which outcomes are bad, each by its own cut, over the answers that at least two of them scored.</summary>
/// <param name="Answers">How many answers.</param>
/// <param name="AllAgree">The share of them on which all that scored agree.</param>
/// <param name="Alpha">Krippendorff's alpha, nominal; null where all said the same of everything.</param>
/// <param name="Kappa">Cohen's kappa, for a panel of two; null otherwise, or where it is not determined.</param>
public sealed record PanelAgreement(int Answers, double AllAgree, double? Alpha, double? Kappa)
{
    /// <summary>How far they give the same scores, for each criterion that at least two of them see; absent in a document of an earlier version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ScaleAgreement>? Scales { get; init; }

    /// <summary>The agreement of a panel; null where no answer was scored by two members.</summary>
    /// <param name="outcomes">For each answer whether each member, in order, calls its outcome bad; null where it did not score.</param>
    /// <param name="scores">For each answer the members' scores, in their order; null where one gave none. They are gone through once a criterion.</param>
    /// <param name="panel">The panel.</param>
    internal static PanelAgreement? Of(IEnumerable<IReadOnlyList<bool?>> outcomes, IEnumerable<IReadOnlyList<CriteriaScore?>> scores, PanelJudge panel)
    {
        var paired = outcomes.Where(outcome => outcome.Count(bad => bad is not null) >= 2).ToList();
        if (paired.Count == 0)
            return null;

        var alpha = KrippendorffAlpha.Nominal(paired.Select(outcome => (IReadOnlyList<double?>)[.. outcome.Select(bad => bad is { } isBad ? (isBad ? 1d : 0d) : (double?)null)]));
        var kappa = panel.Members.Count == 2
            ? paired.Aggregate(new ConfusionTable(0, 0, 0, 0), (sum, outcome) => sum + ConfusionTable.Of(outcome[0]!.Value, outcome[1]!.Value)).Kappa
            : null;
        return new PanelAgreement(paired.Count, (double)paired.Count(outcome => outcome.OfType<bool>().Distinct().Count() == 1) / paired.Count, alpha, kappa)
        {
            Scales = [.. panel.Criteria.Where(criterion => panel.Members.Count(member => member.Criteria.Contains(criterion)) >= 2).Select(criterion => On(criterion, scores)).Where(scale => scale.Answers > 0)],
        };
    }

    static ScaleAgreement On(Criterion criterion, IEnumerable<IReadOnlyList<CriteriaScore?>> scores)
    {
        var answers = 0;
        var alpha = KrippendorffAlpha.Ordinal(scores.Select(given =>
        {
            double?[] unit = [.. given.Select(score => (double?)score?.On(criterion))];
            answers += unit.Count(value => value is not null) >= 2 ? 1 : 0;
            return unit;
        }));
        return new ScaleAgreement(criterion, answers, alpha);
    }
}
