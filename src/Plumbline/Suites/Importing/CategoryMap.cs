using System.Collections;
using System.Text;

namespace Plumbline.Suites.Importing;

/// <summary>What a set's categories are called here. A name that is not in the map keeps its own, in small letters with hyphens, so that
/// nothing is put where it does not belong.</summary>
sealed class CategoryMap : IEnumerable<string>
{
    const int LongestName = 60;

    readonly Dictionary<string, string> byName = new(StringComparer.Ordinal);

    /// <summary>Every name here that the map leads to, as often as it does.</summary>
    public IReadOnlyCollection<string> Targets => byName.Values;

    /// <summary>Adds what the set's <paramref name="from"/> is called here.</summary>
    public void Add(string from, string to) => byName.Add(Plain(from), to);

    /// <summary>The name here of the set's <paramref name="category"/>.</summary>
    public string Of(string? category)
    {
        var plain = Plain(category ?? "");
        return plain.Length == 0 ? SuitePrompt.Uncategorised : byName.GetValueOrDefault(plain, plain);
    }

    /// <summary>Whether the map knows the set's <paramref name="category"/>.</summary>
    public bool Knows(string category) => byName.ContainsKey(Plain(category));

    /// <summary>A name in small letters, digits and hyphens, at most 60 long.</summary>
    public static string Plain(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var character in name)
        {
            if (char.IsLetterOrDigit(character))
                plain.Append(char.ToLowerInvariant(character));
            else if (plain.Length > 0 && plain[^1] != '-')
                plain.Append('-');
        }

        return plain.ToString(0, Math.Min(plain.Length, LongestName)).Trim('-');
    }

    IEnumerator<string> IEnumerable<string>.GetEnumerator() => byName.Keys.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => byName.Keys.GetEnumerator();
}
