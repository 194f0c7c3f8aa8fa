using System.Globalization;
using Microsoft.Extensions.AI;
using Plumbline.Attacks;
using Plumbline.Suites;

namespace Plumbline.Cases;

/// <summary>Turns a suite, attacks and repeats into cases: deterministic, in the suite's order.</summary>
public static class CasePlanner
{
    /// <summary>
    /// The cases. Attacks apply to harmful prompts; look-alikes and capability prompts are asked plainly, since an attack on a
    /// harmless request tests nothing that this audit reports.
    /// </summary>
    /// <param name="suite">The prompts.</param>
    /// <param name="attacks">The attacks to use; those that the baseline cannot read are already left out. At least one if the suite has
    /// harmful prompts.</param>
    /// <param name="sampling">How often each is asked, and the system prompt in front.</param>
    /// <param name="caseLimit">
    /// The most harmful cases before repeats, or null. Where prompts × attacks is more, every prompt gets as equal a number of attacks,
    /// and every attack as equal a number of prompts, as the limit allows (both within one), by rotation.
    /// </param>
    public static IReadOnlyList<AuditCase> Plan(Suite suite, IReadOnlyList<IAttack> attacks, Sampling sampling, int? caseLimit)
    {
        if (sampling.Repeats < 1)
            throw new ArgumentException("A plan asks everything at least once.", nameof(sampling));
        if (caseLimit is < 1)
            throw new ArgumentOutOfRangeException(nameof(caseLimit), caseLimit, "A plan takes at least one case.");

        var harmful = suite.Prompts.Where(prompt => prompt.Kind == PromptKind.Harmful).ToList();
        var others = suite.Prompts.Where(prompt => prompt.Kind != PromptKind.Harmful);
        if (harmful.Count > 0 && attacks.Count == 0)
            throw new ArgumentException("Harmful prompts need at least one attack; 'none' is one.", nameof(attacks));

        var plain = AttackCatalog.Named("none");
        var pairs = Rotate(harmful, attacks, caseLimit).Concat(others.Select(prompt => (prompt, plain)));
        return
        [
            .. from pair in pairs
               from repeat in Enumerable.Range(0, sampling.Repeats)
               select Make(pair.Item1, pair.Item2, repeat, sampling.SystemPrompt),
        ];
    }

    static IEnumerable<(SuitePrompt, IAttack)> Rotate(List<SuitePrompt> prompts, IReadOnlyList<IAttack> attacks, int? caseLimit)
    {
        var limit = Math.Min(caseLimit ?? int.MaxValue, prompts.Count * attacks.Count);
        var next = 0;
        for (var i = 0; i < prompts.Count; i++)
        {
            // Shares of the limit that differ by at most one and add up to it; below one case a prompt, they spread over the whole list.
            var share = (int)((long)limit * (i + 1) / prompts.Count - (long)limit * i / prompts.Count);
            for (var k = 0; k < share; k++, next++)
                yield return (prompts[i], attacks[next % attacks.Count]);
        }
    }

    static AuditCase Make(SuitePrompt prompt, IAttack attack, int repeat, string? systemPrompt)
    {
        var messages = attack.Apply(prompt.Text).Select(message => new CaseMessage(message.Role.Value, message.Text)).ToList();
        if (systemPrompt is not null && messages[0].Role != ChatRole.System.Value)
            messages.Insert(0, new CaseMessage(ChatRole.System.Value, systemPrompt));

        var parts = new List<string> { prompt.Id, attack.Id, repeat.ToString(CultureInfo.InvariantCulture) };
        parts.AddRange(messages.SelectMany(message => new[] { message.Role, message.Content }));
        return new AuditCase(ContentHash.Of(parts)[..16], prompt, attack.Id, repeat, messages);
    }
}
