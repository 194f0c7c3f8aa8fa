
namespace Plumbline.Cli.Screens;

/// <summary>Takes secrets out of whatever is printed, by their values: a server or a file may quote one where nobody expects it.</summary>
/// <param name="secrets">The values, each with what is shown in its place.</param>
internal sealed class Redaction(IEnumerable<KeyValuePair<string, string>> secrets)
{
    /// <summary>A shorter value is a word that may stand anywhere.</summary>
    private const int Shortest = 8;

    private static readonly string[] SecretEndings = ["KEY", "TOKEN", "SECRET", "PASSWORD", "PASSWD", "CREDENTIALS"];

    // The longest first: one may be part of another.
    private readonly IReadOnlyList<KeyValuePair<string, string>> _secrets = [.. secrets.Where(secret => secret.Key.Length >= Shortest).DistinctBy(secret => secret.Key).OrderByDescending(secret => secret.Key.Length)];

    /// <summary>Those of the variables whose names say that they are secret.</summary>
    public static Redaction Of(IEnumerable<KeyValuePair<string, string>> variables) => new(
        variables.Where(variable => IsSecret(variable.Key)).Select(variable => KeyValuePair.Create(variable.Value.Trim(), $"${{{variable.Key}}}")));

    /// <summary>Whether a variable of this name holds a secret.</summary>
    public static bool IsSecret(string name) => SecretEndings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>The text with the name of its variable in the place of each secret.</summary>
    public string Hide(string text) => _secrets.Aggregate(text, (shown, secret) => shown.Replace(secret.Key, secret.Value, StringComparison.Ordinal));
}
