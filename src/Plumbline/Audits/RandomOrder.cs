using System.Globalization;
using Plumbline.Cases;
using Plumbline.Suites;

namespace Plumbline.Audits;

/// <summary>
/// The order in which cases are asked where it is to be random: by hashes of seed and case, so that it does not depend on the suite's order. Every
/// prompt is asked once before any is asked again, because cases of one prompt say less than cases of as many prompts. Kinds of prompt take turns
/// by their shares of the plan, so that any beginning of it holds as much of each as the whole.
/// </summary>
static class RandomOrder
{
    public static IReadOnlyList<AuditCase> Of(IReadOnlyList<AuditCase> cases, long seed)
    {
        var text = seed.ToString(CultureInfo.InvariantCulture);
        return
        [
            .. cases.GroupBy(planned => planned.Prompt.Kind)
                .OrderBy(kind => kind.Key)
                .SelectMany(kind => Spread(OfKind(kind, text)))
                .OrderBy(spread => spread.Place)
                .Select(spread => spread.Case),
        ];
    }

    /// <summary>Of shuffled cases, whether each is the first of its prompt, the second, and so on, from 0.</summary>
    /// <param name="shuffled">The cases, in random order.</param>
    /// <param name="promptOf">A case's prompt.</param>
    public static IEnumerable<(int Round, T Case)> Rounds<T, TPrompt>(IEnumerable<T> shuffled, Func<T, TPrompt> promptOf)
        where TPrompt : notnull
    {
        var asked = new Dictionary<TPrompt, int>();
        foreach (var one in shuffled)
        {
            var round = asked.GetValueOrDefault(promptOf(one));
            asked[promptOf(one)] = round + 1;
            yield return (round, one);
        }
    }

    // Which case of a prompt comes first must not say when in its round: a prompt of many cases would come before one of few.
    static List<AuditCase> OfKind(IEnumerable<AuditCase> cases, string seed) =>
    [
        .. Rounds(cases.OrderBy(planned => ContentHash.Of(seed, planned.Id), StringComparer.Ordinal), planned => planned.Prompt.Id)
            .OrderBy(one => one.Round)
            .ThenBy(one => ContentHash.Of(seed, "turn", one.Case.Id), StringComparer.Ordinal)
            .Select(one => one.Case),
    ];

    static IEnumerable<(double Place, AuditCase Case)> Spread(List<AuditCase> ordered) =>
        ordered.Select((planned, i) => ((i + 0.5) / ordered.Count, planned));
}
