namespace Plumbline.Configuration.Sources;

/// <summary>Everything that one place gives: the command line, a file, the environment.</summary>
/// <param name="Values">By key; an item of a list has its number in its key: <c>suites[0].file</c>.</param>
public sealed record Layer(IReadOnlyDictionary<string, Given> Values)
{
    /// <summary>A place that gives nothing.</summary>
    public static Layer Empty { get; } = new(new Dictionary<string, Given>(StringComparer.Ordinal));

    /// <summary>The values at <paramref name="key"/> and below it.</summary>
    public IEnumerable<KeyValuePair<string, Given>> Under(string key) => Values.Where(pair => IsUnder(pair.Key, key));

    private static bool IsUnder(string candidate, string key) =>
        candidate.StartsWith(key, StringComparison.Ordinal) && (candidate.Length == key.Length || candidate[key.Length] is '.' or '[');
}
