using System.Globalization;
using Microsoft.Extensions.AI;
using Plumbline.Attacks;
using Plumbline.Attacks.Assisted;
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
    /// and every attack as equal a number of prompts, as the limit allows (both within one), and categories their share. An attack of several cases counts
    /// with all of them. A larger limit takes the same cases and more (<see cref="PairSelection"/>).
    /// </param>
    /// <exception cref="AttackException">The limit is lower than the cases of the first attack for one prompt.</exception>
    public static IReadOnlyList<AuditCase> Plan(Suite suite, IReadOnlyList<IAttack> attacks, Sampling sampling, int? caseLimit) =>
        [.. Each(suite, attacks, sampling, caseLimit)];

    /// <summary>The same cases one at a time, made whenever they are asked for: a long plan need not be in memory to be counted or written.</summary>
    /// <inheritdoc cref="Plan"/>
    internal static IEnumerable<AuditCase> Each(Suite suite, IReadOnlyList<IAttack> attacks, Sampling sampling, int? caseLimit)
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
        var pairs = PairSelection.Of(harmful, attacks, caseLimit).Concat(others.Select(prompt => (Prompt: prompt, Attack: plain)));
        return
            from pair in pairs
            from variant in pair.Attack.Variants(pair.Prompt.Text)
            from repeat in Enumerable.Range(0, sampling.Repeats)
            select Make(pair.Prompt, pair.Attack, variant, repeat, sampling.SystemPrompt);
    }

    /// <summary>The harmful prompts that <see cref="Plan"/> would ask under one of the attacks.</summary>
    internal static IReadOnlyList<SuitePrompt> PromptsUnder(IAttack attack, Suite suite, IReadOnlyList<IAttack> attacks, int? caseLimit) =>
    [
        .. PairSelection.Of([.. suite.Prompts.Where(prompt => prompt.Kind == PromptKind.Harmful)], attacks, caseLimit)
            .Where(pair => pair.Attack == attack)
            .Select(pair => pair.Prompt),
    ];

    /// <summary>What the model that prepares attacks is asked before a plan of the same, a text for each call; empty where no attack needs one.</summary>
    public static IReadOnlyList<string> Preparations(Suite suite, IReadOnlyList<IAttack> attacks, int? caseLimit) =>
    [
        .. from attack in attacks.OfType<IAssistedAttack>()
           from prompt in PromptsUnder(attack, suite, attacks, caseLimit)
           select attack.Question(prompt.Text),
    ];

    static AuditCase Make(SuitePrompt prompt, IAttack attack, AttackVariant variant, int repeat, string? systemPrompt)
    {
        var messages = variant.Messages.Select(message => new CaseMessage(message.Role.Value, message.Text)).ToList();
        if (systemPrompt is not null && messages[0].Role != ChatRole.System.Value)
            messages.Insert(0, new CaseMessage(ChatRole.System.Value, systemPrompt));

        var planned = new AuditCase("", prompt, attack.Id, repeat, messages) { Variant = variant.Name, Decoding = variant.Decoding };
        return planned with { Id = IdOf(planned) };
    }

    /// <summary>The id of a case, whatever it says its id is.</summary>
    internal static string IdOf(AuditCase planned)
    {
        var parts = new List<string> { planned.Prompt.Id, planned.Attack, planned.Repeat.ToString(CultureInfo.InvariantCulture) };
        parts.AddRange(planned.Messages.SelectMany(message => new[] { message.Role, message.Content }));
        parts.AddRange(new AttackVariant([], planned.Variant, planned.Decoding).Distinction);
        return ContentHash.Of(parts)[..16];
    }
}
