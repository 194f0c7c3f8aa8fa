using Plumbline.Tuning.Worlds;

namespace Plumbline.Tuning.Domains;

/// <summary>
/// Harmless documents of one domain, drawn from its grammar: the stand-in for AdaptLLM's PubMed abstracts, stock news and court opinions
/// (arXiv 2309.09530, section 3). A test holds every row of them against the world's hazard words.
/// </summary>
public sealed class DomainCorpus
{
    readonly DomainGrammar grammar;

    DomainCorpus(DomainGrammar grammar) => this.grammar = grammar;

    /// <summary>The three domains, in the article's order.</summary>
    public static IReadOnlyList<DomainCorpus> All { get; } = [new(Biomedicine.Grammar), new(Finance.Grammar), new(Law.Grammar)];

    /// <summary>Short name: <c>biomedicine</c>, <c>finance</c>, <c>law</c>.</summary>
    public string Name => grammar.Name;

    /// <summary>The domain of a name.</summary>
    public static DomainCorpus Named(string name) =>
        All.FirstOrDefault(d => d.Name == name)
        ?? throw new ArgumentException($"There is no domain '{name}'. Give one of: {string.Join(", ", All.Select(d => d.Name))}.", nameof(name));

    /// <summary>Everything that its documents and the tasks on them are put together from: words for the slots, and sentences with the slots' names in braces.</summary>
    internal IEnumerable<string> Parts =>
    [
        grammar.Title,
        .. grammar.Slots.SelectMany(slot => slot.Value),
        .. grammar.Definitions,
        .. grammar.Findings.SelectMany(finding => new[] { finding.Sentence, finding.Consequence, finding.Addition, finding.Contrast, finding.Cause, finding.Restatement }),
        .. Connectives.Entail, .. Connectives.Neutral, .. Connectives.Contradict, .. Connectives.Cause, .. Connectives.Similar,
        "This was", "Entailment", "Neutral", "Contradiction",
    ];

    /// <summary>Draws one document: a definition, a finding, and three or four sentences that hang on the one before them.</summary>
    public DomainDocument Draw(WorldRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var bound = grammar.Slots.OrderBy(s => s.Key, StringComparer.Ordinal).ToDictionary(s => s.Key, s => random.Pick(s.Value), StringComparer.Ordinal);
        var findings = random.PickDistinct(grammar.Findings, 2);
        List<string> sentences =
        [
            random.Pick(grammar.Definitions),
            findings[0].Sentence,
            .. random.PickDistinct(Following(findings[0], random), 2),
            findings[1].Sentence,
            .. random.PickDistinct(Following(findings[1], random), 1),
        ];
        return new DomainDocument(Fill(grammar.Title, bound), [.. sentences.Select(s => Fill(s, bound))]);
    }

    static string[] Following(DomainFinding finding, WorldRandom random) =>
    [
        $"{random.Pick(Connectives.Entail)}, {finding.Consequence}",
        $"{random.Pick(Connectives.Neutral)}, {finding.Addition}",
        $"{random.Pick(Connectives.Contradict)}, {finding.Contrast}",
        $"This was {random.Pick(Connectives.Cause)} {finding.Cause}",
        $"{random.Pick(Connectives.Similar)}, {finding.Restatement}",
    ];

    static string Fill(string template, Dictionary<string, string> bound)
    {
        foreach (var (name, word) in bound) template = template.Replace("{" + name + "}", word, StringComparison.Ordinal);
        return Connectives.Capitalised(template);
    }
}
