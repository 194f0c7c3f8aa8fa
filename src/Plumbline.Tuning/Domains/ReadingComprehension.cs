using System.Text.RegularExpressions;
using Plumbline.Tuning.Worlds;

namespace Plumbline.Tuning.Domains;

/// <summary>
/// Mines reading-comprehension tasks out of a text by its connectives, as AdaptLLM does (arXiv 2309.09530, section 3): summary and title, words to
/// sentence, definition, entailment, cause and effect, paraphrase, completion; at most two of a sub-category, phrased at random.
/// </summary>
public static partial class ReadingComprehension
{
    /// <summary>Most tasks of one sub-category in a document.</summary>
    public const int MostOfASubCategory = 2;

    /// <summary>A sentence with fewer characters is not mined.</summary>
    public const int ShortestSentence = 50;

    /// <summary>A word with fewer characters is no keyword.</summary>
    public const int ShortestKeyword = 10;

    const int KeywordsOfASentence = 3;
    const double ClassifyShare = 0.8;

    /// <summary>The tasks of a document, in random order.</summary>
    public static IReadOnlyList<ComprehensionTask> Mine(DomainDocument document, WorldRandom random)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(random);
        List<ComprehensionTask> pool = [.. Whole(document, random)];
        for (var i = 0; i < document.Sentences.Count; i++)
        {
            pool.AddRange(OfSentence(document.Sentences[i], random));
            if (i > 0) pool.AddRange(OfPair(document.Sentences[i - 1], document.Sentences[i], random));
        }

        var shuffled = random.PickDistinct(pool, pool.Count);
        return [.. shuffled.GroupBy(t => t.SubCategory, StringComparer.Ordinal).SelectMany(g => g.Take(MostOfASubCategory))];
    }

    // The text's title and end: AdaptLLM draws summary .4, completion .1, both .4, none .1 (its code's constants).
    static IEnumerable<ComprehensionTask> Whole(DomainDocument document, WorldRandom random)
    {
        var draw = random.NextDouble();
        if (draw < 0.8)
        {
            yield return new("title", random.Pick(["What is a title for this text?", "Give a short summary of the text.", "What is this text about?"]), document.Title);
        }

        if (draw is >= 0.4 and < 0.9)
        {
            var at = 1 + random.Next(document.Sentences.Count - 1);
            yield return new("completion", $"How does the text go on after \"{document.Sentences[at - 1]}\"", document.Sentences[at]);
        }
    }

    static IEnumerable<ComprehensionTask> OfSentence(string sentence, WorldRandom random)
    {
        if (sentence.Length < ShortestSentence) yield break;

        var keywords = Word().Matches(sentence).Select(m => m.Value).Where(w => w.Length >= ShortestKeyword).Distinct(StringComparer.Ordinal).ToArray();
        if (keywords.Length >= KeywordsOfASentence)
            yield return new("words to text", $"Write a sentence with these words: {string.Join(", ", keywords.Take(KeywordsOfASentence))}.", sentence);

        if (Definition().Match(sentence) is { Success: true } definition)
            yield return new("definition", random.Pick([$"How is {definition.Groups["term"].Value} defined?", $"What does {definition.Groups["term"].Value} mean here?"]),
                Connectives.Capitalised(definition.Groups["meaning"].Value) + ".");
    }

    static IEnumerable<ComprehensionTask> OfPair(string first, string second, WorldRandom random)
    {
        if (Connectives.Opening(second, Connectives.Entail) is { } entailed)
        {
            yield return Relation(first, entailed.Remainder, "entailment", "Therefore", random);
            yield return new("cause to effect", $"What is the effect of this? {first}", entailed.Remainder);
        }

        if (Connectives.Opening(second, Connectives.Neutral) is { } neutral) yield return Relation(first, neutral.Remainder, "neutral", "Furthermore", random);
        if (Connectives.Opening(second, Connectives.Contradict) is { } contrary) yield return Relation(first, contrary.Remainder, "contradiction", "However", random);
        if (Connectives.Opening(second, Connectives.Similar) is { } similar)
            yield return new("paraphrase", random.Pick([$"Say this in other words: {first}", $"Write a sentence that is similar to this: {first}"]), similar.Remainder);
        foreach (var connective in Connectives.Cause)
            if (second.IndexOf($"was {connective} ", StringComparison.Ordinal) is >= 0 and var at)
                yield return new("effect to cause", $"What is the reason for this? {first}", Connectives.Capitalised(second[(at + connective.Length + 5)..]));
    }

    static ComprehensionTask Relation(string first, string second, string relation, string connective, WorldRandom random) => random.Chance(ClassifyShare)
        ? new("relation", $"Sentence 1: {first} Sentence 2: {second} Is it entailment, neutral or contradiction?", Connectives.Capitalised(relation) + ".")
        : new("relation continued", $"Go on with a sentence that begins with {connective}: {first}", $"{connective}, {char.ToLowerInvariant(second[0])}{second[1..]}");

    [GeneratedRegex(@"[A-Za-z]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"(?:In this \w+ (?<term>[\w ]+?) is defined as|We define (?<term>[\w ]+?) as) (?<meaning>.+)\.$", RegexOptions.CultureInvariant)]
    private static partial Regex Definition();
}
