namespace Plumbline.Tuning.Domains;

/// <summary>What a domain's documents are made of.</summary>
/// <param name="Name">Short name: <c>biomedicine</c>.</param>
/// <param name="Slots">Words for a name in braces; a document binds each name once.</param>
/// <param name="Title">The document's title.</param>
/// <param name="Definitions">First sentences: what the topic is ("… is defined as …").</param>
/// <param name="Findings">A finding, and the sentence that follows from it, adds to it, contrasts with it, causes it or says it again.</param>
sealed record DomainGrammar(
    string Name,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Slots,
    string Title,
    IReadOnlyList<string> Definitions,
    IReadOnlyList<DomainFinding> Findings);
