namespace Plumbline.Judges.Refusal;

/// <summary>A published list of refusal phrases with the rule that it is applied by.</summary>
/// <param name="Id">The name that <c>--judge</c> takes.</param>
/// <param name="Source">Whose it is.</param>
/// <param name="Place">Where phrases are looked for.</param>
/// <param name="IgnoresCase">Whether answer and phrases are compared in lower case.</param>
/// <param name="Phrases">The phrases, word for word.</param>
sealed record PhraseList(string Id, string Source, PhrasePlace Place, bool IgnoresCase, IReadOnlyList<string> Phrases)
{
    /// <summary>The first phrase that makes the answer a refusal, or null.</summary>
    public string? FoundIn(string answer)
    {
        var comparison = IgnoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var text = answer.Trim();
        return Phrases.FirstOrDefault(phrase => Place == PhrasePlace.Start ? text.StartsWith(phrase, comparison) : text.Contains(phrase, comparison));
    }
}
