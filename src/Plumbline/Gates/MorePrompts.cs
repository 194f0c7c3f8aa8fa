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
    /// <param name="areOfOnePrompt">Whether several cases share a prompt, so that another attack on the same prompts would add little.</param>
    public string WouldDecide(string what, IReadOnlyCollection<PromptKind> kinds, bool areOfOnePrompt)
    {
        // Only harmful requests are ever left out (CasePlanner): of the other kinds a run asks all that its suite has.
        if (!kinds.Contains(PromptKind.Harmful))
            return $"{what} would decide, and this suite has no more: give another --suite beside it.";

        var left = suite.Prompts - cases.Select(one => one.PromptId).Distinct(StringComparer.Ordinal).Count();
        return left > 0
            ? $"{what} would decide: of this suite {GateWords.Count(left)} {(left == 1 ? "prompt was" : "prompts were")} not asked (--cases)."
            : $"{what} would decide, and this suite has no more: give another --suite{(areOfOnePrompt ? "" : " or --attack")} beside it.";
    }
}
