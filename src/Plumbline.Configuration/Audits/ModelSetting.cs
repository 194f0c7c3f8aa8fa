using Plumbline.Configuration.Sources;

namespace Plumbline.Configuration.Audits;

/// <summary>A model as it is configured.</summary>
/// <param name="Text">The one string that names it, references resolved.</param>
/// <param name="Shown">The same with references unresolved: what may be shown and stored.</param>
/// <param name="KeyVariable">The environment variable with its endpoint's key; null for the usual one.</param>
/// <param name="Given">Where it was given, for messages.</param>
/// <param name="Resolved">What references stand for, each with its reference.</param>
public sealed record ModelSetting(string Text, string Shown, string? KeyVariable, Given Given, IReadOnlyDictionary<string, string> Resolved)
{
    /// <summary>A shorter value is a word that may stand anywhere.</summary>
    private const int Shortest = 4;

    /// <summary>A text with references in the place of what they stand for: fit to be shown and stored.</summary>
    public string Hide(string text) => Hide(text, Resolved);

    /// <summary>A text with references in the place of what they stand for.</summary>
    internal static string Hide(string text, IReadOnlyDictionary<string, string> resolved) => resolved.Where(pair => pair.Key.Length >= Shortest).OrderByDescending(pair => pair.Key.Length)
        .Aggregate(text, (shown, pair) => shown.Replace(pair.Key, pair.Value, StringComparison.Ordinal));
}
