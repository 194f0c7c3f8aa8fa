using System.Globalization;
using Plumbline.Runs;

namespace Plumbline.Audits;

/// <summary>The parts of the decision rule as a user knows them.</summary>
static class RuleWords
{
    /// <summary>What differs between two rules, such as "the margin was 3 points and is 25 points"; a part a sentence, without its end.</summary>
    public static IEnumerable<string> Changes(StatedRule planned, StatedRule now) =>
        from part in Parts(planned).Zip(Parts(now))
        where part.First.Value != part.Second.Value
        select $"the {part.First.Name} was {part.First.Value ?? "not stated"} and is {part.Second.Value ?? "not stated"}";

    /// <summary>Two rules by what differs: "margin 3 points, error rate 5%" and "margin 10 points, error rate 1%"; null where nothing does.</summary>
    public static (string First, string Second)? Apart(DecisionRule first, DecisionRule second)
    {
        var parts = Parts(first.Stated()).Zip(Parts(second.Stated())).Where(part => part.First.Value != part.Second.Value).ToList();
        return parts.Count == 0 ? null : (Line(parts.Select(part => part.First)), Line(parts.Select(part => part.Second)));

        static string Line(IEnumerable<(string Name, string? Value)> parts) => string.Join(", ", parts.Select(part => $"{part.Name} {part.Value}"));
    }

    static IEnumerable<(string Name, string? Value)> Parts(StatedRule rule) =>
    [
        ("margin", Text(100 * rule.Margin, rule.Margin == 0.01 ? " point" : " points")),
        ("margin of understanding", Text(rule.UnderstandingMargin, " of 4")),
        ("error rate", Text(100 * rule.Alpha, "%")),
        ("cap on unscored cases", Text(100 * rule.UnscoredCap, "%")),
        ("number of bootstrap resamples", rule.Resamples?.ToString(CultureInfo.InvariantCulture)),
        ("seed of the bootstrap", rule.Seed?.ToString(CultureInfo.InvariantCulture)),
    ];

    // As fine as two rules may differ, and without what binary fractions leave at the end.
    static string? Text(double? value, string unit) => value is { } number ? number.ToString("0.##########", CultureInfo.InvariantCulture) + unit : null;
}
