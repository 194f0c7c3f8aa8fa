namespace Plumbline.Cli.Exits;

/// <summary>Finds the name that was probably meant.</summary>
internal static class NearestName
{
    /// <summary>The exception for an unknown name: what was likely meant, and everything there is.</summary>
    public static UsageException Unknown(string what, string given, IEnumerable<string> known, string? otherwise = null)
    {
        var names = known.Order(StringComparer.Ordinal).ToList();
        var meant = To(given, names) is { } near ? $" Did you mean '{near}'?" : "";
        return new UsageException($"There is no {what} '{given}'.{meant} There are: {string.Join(", ", names)}.{(otherwise is null ? "" : " " + otherwise)}");
    }

    /// <summary>The known name within two edits of the given one, or a third of its length, but never all of it; null where none is.</summary>
    public static string? To(string given, IEnumerable<string> known)
    {
        var limit = Math.Min(Math.Max(2, given.Length / 3), given.Length - 1);
        return known.Select(name => (Name: name, Edits: Edits(given.ToLowerInvariant(), name.ToLowerInvariant())))
            .Where(candidate => candidate.Edits <= limit || candidate.Name.StartsWith(given, StringComparison.OrdinalIgnoreCase))
            .OrderBy(candidate => candidate.Edits).ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name).FirstOrDefault();
    }

    /// <summary>Levenshtein's distance: insertions, deletions and replacements.</summary>
    private static int Edits(string a, string b)
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
