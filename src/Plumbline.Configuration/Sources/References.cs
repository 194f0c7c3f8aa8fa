using System.Text.RegularExpressions;

namespace Plumbline.Configuration.Sources;

/// <summary>Resolves <c>${NAME}</c> to the environment variable's value; <c>$${NAME}</c> stands for the text itself.</summary>
/// <param name="environment">Reads a variable; null where it is not set.</param>
public sealed partial class References(Func<string, string?> environment)
{
    private readonly Dictionary<string, string> _resolved = new(StringComparer.Ordinal);

    /// <summary>What was resolved so far: the value that must not be shown, and the reference to show in its place.</summary>
    public IReadOnlyDictionary<string, string> Resolved => _resolved;

    /// <summary>Whether the text holds a reference.</summary>
    public static bool IsIn(string text) => Pattern().Matches(text).Any(match => !match.Value.StartsWith("$$", StringComparison.Ordinal));

    /// <summary>The name in a text that is one reference and nothing else; null otherwise.</summary>
    public static string? NameIn(string text) => Pattern().Match(text) is { Success: true } match && match.Length == text.Length && text[1] != '$' ? match.Groups["name"].Value : null;

    /// <summary>The text with its references resolved.</summary>
    /// <exception cref="ConfigurationException">A variable is not set.</exception>
    public string Resolve(string key, Given given)
    {
        ArgumentNullException.ThrowIfNull(given);
        return Pattern().Replace(given.Text, match =>
        {
            if (match.Value.StartsWith("$$", StringComparison.Ordinal)) return match.Value[1..];

            var name = match.Groups["name"].Value;
            var value = environment(name) ?? throw given.Because(key, $"{match.Value} names the environment variable {name}, which is not set. Set it, or write the value in its place.");
            if (value.Length > 0) _resolved[value] = match.Value;
            return value;
        });
    }

    [GeneratedRegex(@"\$?\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
