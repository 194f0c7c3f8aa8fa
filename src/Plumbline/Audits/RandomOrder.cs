using System.Globalization;
using Plumbline.Cases;
using Plumbline.Suites;

namespace Plumbline.Audits;

/// <summary>
/// The order in which cases are asked where it is to be random: by hashes of seed and case, so that it does not depend on the suite's order. Every
/// prompt is asked once before any is asked again, because cases of one prompt say less than cases of as many prompts. Kinds of prompt take turns
/// by their shares of the plan, so that any beginning of it holds as much of each as the whole. Prompts of one group count as one prompt.
/// </summary>
static class RandomOrder
{
    // As many digits of a hash as a number holds; two cases that share them are as likely as two with one id.
    const int Digits = 32;

    /// <summary>The cases in that order, each read from the list when its turn comes: a long plan stays where it is.</summary>
    public static IEnumerable<AuditCase> Of(IReadOnlyList<AuditCase> cases, long seed)
    {
        var text = seed.ToString(CultureInfo.InvariantCulture);
        return DrawnOf(cases, text).GroupBy(drawn => drawn.Kind)
            .OrderBy(kind => kind.Key)
            .SelectMany(kind => Spread(OfKind(kind)))
            .OrderBy(spread => spread.Place)
            .Select(spread => cases[spread.Case.Index]);
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

    static List<Drawn> DrawnOf(IReadOnlyList<AuditCase> cases, string seed)
    {
        var prompts = new Dictionary<string, int>(StringComparer.Ordinal);
        var drawn = new List<Drawn>(cases.Count);
        foreach (var (index, planned) in cases.Index())
        {
            if (!prompts.TryGetValue(planned.Prompt.Cluster, out var prompt))
                prompts.Add(planned.Prompt.Cluster, prompt = prompts.Count);
            drawn.Add(new Drawn(index, planned.Prompt.Kind, prompt, Number(ContentHash.Of(seed, planned.Id)), Number(ContentHash.Of(seed, "turn", planned.Id))));
        }

        return drawn;
    }

    // Which case of a prompt comes first must not say when in its round: a prompt of many cases would come before one of few.
    static List<Drawn> OfKind(IEnumerable<Drawn> cases) =>
        [.. Rounds(cases.OrderBy(drawn => drawn.Among), drawn => drawn.Prompt).OrderBy(one => one.Round).ThenBy(one => one.Case.Turn).Select(one => one.Case)];

    static IEnumerable<(double Place, Drawn Case)> Spread(List<Drawn> ordered) =>
        ordered.Select((drawn, i) => ((i + 0.5) / ordered.Count, drawn));

    static UInt128 Number(string hash) => UInt128.Parse(hash.AsSpan(0, Digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    /// <summary>What the order needs of a case.</summary>
    /// <param name="Index">Its place in the list.</param>
    /// <param name="Kind">Its prompt's kind.</param>
    /// <param name="Prompt">A number for its prompt.</param>
    /// <param name="Among">Draws which of a prompt's cases comes first.</param>
    /// <param name="Turn">Draws when in its round it comes.</param>
    readonly record struct Drawn(int Index, PromptKind Kind, int Prompt, UInt128 Among, UInt128 Turn);
}
