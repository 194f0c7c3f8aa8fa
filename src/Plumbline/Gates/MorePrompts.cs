using Plumbline.Audits;
using Plumbline.Suites;

namespace Plumbline.Gates;

/// <summary>What decides a demand that the figures leave open: prompts or cases that the run did not ask, and whether its own suite has any.</summary>
/// <param name="audit">The run's result.</param>
sealed class MorePrompts(AuditDocument audit)
{
    /// <summary>Whether the suite has cases that the run did not ask.</summary>
    /// <param name="kinds">The kinds of prompt that the demand is about.</param>
    public bool HasCases(IReadOnlyCollection<PromptKind> kinds) => Left(kinds).Cases > 0;

    /// <summary>A sentence: so many more would decide, and where they are to be had.</summary>
    /// <param name="what">What would decide: "More cases".</param>
    /// <param name="kinds">The kinds of prompt that the demand is about.</param>
    /// <param name="others">Whether it is prompts that the run did not ask: more cases of the same add less.</param>
    public string WouldDecide(string what, IReadOnlyCollection<PromptKind> kinds, bool others = false)
    {
        var left = Left(kinds);
        if (left.Prompts > 0)
            return $"{what} would decide: of this suite {GateWords.Count(left.Prompts)} {(left.Prompts == 1 ? "prompt was" : "prompts were")} not asked (--cases).";

        if (left.Cases > 0)
        {
            var asked = $"of the {GateWords.Count(left.All)} that it has under these attacks {GateWords.Count(left.Cases)} {(left.Cases == 1 ? "was" : "were")} not asked (--cases)";
            return others
                ? $"{what} would decide, and this suite has no more: give another --suite beside it. Cases of the same prompts add less: {asked}."
                : $"{what} would decide, and this suite has some: {asked}.";
        }

        // Another attack on prompts that were asked more than once adds little, and one prompt under two attacks is still one.
        var harmful = kinds.Contains(PromptKind.Harmful) ? audit.Cases.Where(one => one.Kind == PromptKind.Harmful).Select(one => one.PromptId).ToList() : [];
        var helps = harmful.Count > 1 && harmful.Distinct(StringComparer.Ordinal).Count() == harmful.Count;
        return $"{what} would decide, and this suite has no more: give another --suite{(helps ? " or --attack" : "")} beside it.";
    }

    // Of the other kinds a run asks all that its suite has.
    LeftOutCases Left(IReadOnlyCollection<PromptKind> kinds) => kinds.Contains(PromptKind.Harmful) ? LeftOutCases.Of(audit) : LeftOutCases.None;
}
