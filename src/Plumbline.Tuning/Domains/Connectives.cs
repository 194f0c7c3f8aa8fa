namespace Plumbline.Tuning.Domains;

/// <summary>The words by which two sentences hang together, as AdaptLLM's mining rules list them (arXiv 2309.09530, table of task types).</summary>
static class Connectives
{
    public static IReadOnlyList<string> Entail { get; } = ["Therefore", "Thus", "Accordingly", "Hence", "For this reason"];

    public static IReadOnlyList<string> Neutral { get; } = ["Maybe", "Furthermore", "Additionally", "Moreover", "In addition"];

    public static IReadOnlyList<string> Contradict { get; } = ["However", "But", "On the contrary", "In contrast", "Whereas"];

    public static IReadOnlyList<string> Cause { get; } = ["due to", "on account of", "owing to"];

    public static IReadOnlyList<string> Similar { get; } = ["Similarly", "Equally", "In other words", "Namely", "That is to say"];

    /// <summary>The connective that opens the sentence, if one of these does, and what follows it.</summary>
    public static (string Connective, string Remainder)? Opening(string sentence, IReadOnlyList<string> connectives)
    {
        foreach (var connective in connectives)
            if (sentence.StartsWith(connective + ", ", StringComparison.Ordinal))
                return (connective, Capitalised(sentence[(connective.Length + 2)..]));
        return null;
    }

    public static string Capitalised(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
