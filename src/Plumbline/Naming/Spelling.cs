namespace Plumbline.Naming;

/// <summary>Guesses which name a misspelt one was meant to be.</summary>
public static class Spelling
{
    /// <summary>The known name within two edits of the given one, or a third of its length, but never all of it; or one that begins with it;
    /// null where none is.</summary>
    public static string? Nearest(string given, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(given);
        if (given.Length == 0)
            return null;

        var limit = Math.Min(Math.Max(2, given.Length / 3), given.Length - 1);
        return known.Select(name => (Name: name, Edits: Edits(given.ToLowerInvariant(), name.ToLowerInvariant())))
            .Where(candidate => candidate.Edits <= limit || candidate.Name.StartsWith(given, StringComparison.OrdinalIgnoreCase))
            .OrderBy(candidate => candidate.Edits).ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name).FirstOrDefault();
    }

    /// <summary>" Did you mean 'category'?", to be put behind a sentence; empty where nothing is near.</summary>
    public static string Meant(string given, IEnumerable<string> known) => Nearest(given, known) is { } near ? $" Did you mean '{near}'?" : "";

    /// <summary>Levenshtein's distance: insertions, deletions and replacements.</summary>
    static int Edits(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var row = new int[b.Length + 1];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
                row[j] = Math.Min(Math.Min(row[j - 1], previous[j]) + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            previous = row;
        }

        return previous[b.Length];
    }
}
