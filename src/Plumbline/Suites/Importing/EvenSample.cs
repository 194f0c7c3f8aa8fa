using System.Globalization;

namespace Plumbline.Suites.Importing;

/// <summary>Draws a part of the rows: as many of each kind and category as of the others, as far as they have them.</summary>
static class EvenSample
{
    /// <summary>Takes <paramref name="count"/> rows, in the order they came in. Which ones depends on seed and prompts only, not on their order.</summary>
    public static IReadOnlyList<ImportedRow> Of(IReadOnlyList<ImportedRow> rows, int count, long seed)
    {
        var groups = rows
            .GroupBy(row => (row.Prompt!.Kind, row.Prompt.Category))
            .OrderBy(group => group.Key.Kind).ThenBy(group => group.Key.Category, StringComparer.Ordinal)
            .Select(group => group.OrderBy(row => Lot(row, seed), StringComparer.Ordinal).ToList())
            .ToList();

        // Round after round, one of each category that has any left. Where the last round is cut short, the lot decides between them.
        var drawn = Enumerable.Range(0, groups.Max(group => group.Count))
            .SelectMany(round => groups.Where(group => group.Count > round).Select(group => group[round]).OrderBy(row => Lot(row, seed), StringComparer.Ordinal))
            .Take(count)
            .Select(row => row.Prompt!.Id)
            .ToHashSet(StringComparer.Ordinal);
        return [.. rows.Where(row => drawn.Contains(row.Prompt!.Id))];
    }

    static string Lot(ImportedRow row, long seed) => ContentHash.Of(seed.ToString(CultureInfo.InvariantCulture), row.Prompt!.Id);
}
