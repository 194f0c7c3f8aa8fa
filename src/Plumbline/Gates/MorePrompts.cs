using Plumbline.Audits;
using Plumbline.Suites;

namespace Plumbline.Gates;

/// <summary>What decides a demand that the figures leave open: prompts that the run did not ask, and whether its own suite has any.</summary>
/// <param name="suite">The run's suite.</param>
/// <param name="cases">Every case of the run.</param>
sealed class MorePrompts(SuiteFacts suite, IReadOnlyList<PairedCase> cases)
{
    /// <summary>A sentence: so many more would decide, and where they are to be had.</summary>
    /// <param name="what">What would decide: "More cases".</param>
    /// <param name="kinds">The kinds of prompt that the demand is about.</param>
    public string WouldDecide(string what, IReadOnlyCollection<PromptKind> kinds)
    {
        // Only harmful requests are ever left out, or put under attacks (CasePlanner): of the other kinds a run asks all that its suite has.
        if (!kinds.Contains(PromptKind.Harmful))
            return $"{what} would decide, and this suite has no more: give another --suite beside it.";

        var left = suite.Prompts - cases.Select(one => one.PromptId).Distinct(StringComparer.Ordinal).Count();
        if (left > 0)
            return $"{what} would decide: of this suite {GateWords.Count(left)} {(left == 1 ? "prompt was" : "prompts were")} not asked (--cases).";

        // Another attack on prompts that were asked more than once adds little, and one prompt under two attacks is still one.
        var harmful = cases.Where(one => one.Kind == PromptKind.Harmful).Select(one => one.PromptId).ToList();
        var helps = harmful.Count > 1 && harmful.Distinct(StringComparer.Ordinal).Count() == harmful.Count;
        return $"{what} would decide, and this suite has no more: give another --suite{(helps ? " or --attack" : "")} beside it.";
    }
}
