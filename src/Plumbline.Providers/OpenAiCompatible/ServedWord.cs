using Plumbline.Pairs;

namespace Plumbline.Providers.OpenAiCompatible;

/// <summary>What a server said when it was asked what it adds to each request.</summary>
/// <param name="Facts">What it told, by the names of <see cref="ModelFacts"/>.</param>
/// <param name="Silence">A sentence on why it told nothing although it may have something to tell; null otherwise.</param>
internal sealed record ServedWord(IReadOnlyDictionary<string, string> Facts, string? Silence)
{
    /// <summary>Whether nobody was there: whoever listens has told nothing, whoever does not cannot be said not to tell.</summary>
    public bool IsUnreachable { get; init; }

    /// <summary>It has nothing to tell.</summary>
    public static ServedWord Nothing { get; } = new(new Dictionary<string, string>(StringComparer.Ordinal), Silence: null);
}
