using Plumbline.Attacks;
using Plumbline.Suites;

namespace Plumbline.Audits;

/// <summary>
/// What a run's limit (<c>--cases</c>) left out of the cases that its suite has under the attacks that it kept, before repeats. Only harmful requests are ever left out, or put
/// under attacks (<see cref="Cases.CasePlanner"/>): of the other kinds a run asks all that its suite has.
/// </summary>
/// <param name="Prompts">The harmful requests that it asked under no attack.</param>
/// <param name="Cases">The cases of harmful requests, those of requests that it asked under other attacks among them.</param>
/// <param name="Unprepared">The cases within the limit that no helper model could prepare: no other limit brings them back.</param>
/// <param name="All">The cases of harmful requests without a limit, those that could not be prepared among them, as the limit counts them too.</param>
public sealed record LeftOutCases(int Prompts, long Cases, long Unprepared, long All)
{
    /// <summary>Of prompts of another kind.</summary>
    public static LeftOutCases None { get; } = new(0, 0, 0, 0);

    /// <summary>Of the run that a document is of.</summary>
    public static LeftOutCases Of(AuditDocument audit)
    {
        ArgumentNullException.ThrowIfNull(audit);
        var asked = audit.Cases.Where(one => one.Kind == PromptKind.Harmful && one.Repeat == 0).ToList();
        if (asked.Count == 0)
            return None;

        var tried = asked.Select(one => one.PromptId).Concat(audit.Attacks.SelectMany(Unasked)).ToHashSet(StringComparer.Ordinal);
        var others = audit.Cases.Where(one => one.Kind != PromptKind.Harmful).Select(one => one.PromptId).Distinct(StringComparer.Ordinal).Count();
        var prompts = Math.Max(tried.Count, audit.Suite.Prompts - others);
        var perPrompt = CasesPerPrompt(audit.Attacks, asked);
        var all = prompts * perPrompt.Values.Sum(cases => (long)cases);
        var unprepared = audit.Attacks.Sum(attack => Unasked(attack).Count() * (long)perPrompt.GetValueOrDefault(attack.Id));
        return new LeftOutCases(prompts - tried.Count, Math.Max(0, all - asked.Count - unprepared), unprepared, all);
    }

    static IEnumerable<string> Unasked(AttackFacts attack) => attack.Unprepared?.Select(prompt => prompt.PromptId) ?? [];

    // As the run asked them; a low limit reaches none of an attack that stands behind others.
    static Dictionary<string, int> CasesPerPrompt(IReadOnlyList<AttackFacts> attacks, List<CaseResult> asked)
    {
        var counted = asked.GroupBy(one => one.Attack, StringComparer.Ordinal)
            .ToDictionary(cases => cases.Key, cases => cases.CountBy(one => one.PromptId, StringComparer.Ordinal).Max(prompt => prompt.Value), StringComparer.Ordinal);
        foreach (var attack in attacks.Where(attack => attack.IsKept))
            counted.TryAdd(attack.Id, AttackCatalog.CasesPerPrompt(attack.Id));
        return counted;
    }
}
