using Plumbline.Cli.Screens;
using Plumbline.Reports.Text;
using Plumbline.Suites;
using Plumbline.Suites.Importing;

namespace Plumbline.Cli.Summaries;

/// <summary>What an import took and what it left out.</summary>
internal static class ImportSummary
{
    private const int MostCategories = 12;

    /// <summary>Prints a suite that was imported to <paramref name="target"/>.</summary>
    public static void Print(Screen screen, Suite suite, string target, bool asJson)
    {
        if (asJson)
        {
            screen.Json(suite.Facts, ImportJsonContext.Default.SuiteFacts);
            return;
        }

        var from = suite.Provenance!;
        screen.Line($"{from.Title}: {Number(suite.Prompts.Count)} prompts from {Number(from.Rows)} rows");
        foreach (var file in from.Files.Count > 3 ? from.Files.Take(2) : from.Files) screen.Line($"  {file.Name}, {Number(file.Rows)} rows, SHA-256 {file.Sha256}");
        if (from.Files.Count > 3) screen.Line($"  and {Number(from.Files.Count - 2)} more files");
        foreach (var kind in suite.Prompts.CountBy(prompt => prompt.Kind).OrderBy(kind => kind.Key)) screen.Line($"  {Number(kind.Value)} {Word(kind.Key)}");
        foreach (var left in from.LeftOut) screen.Line($"  {Number(left.Count)} left out: {left.Reason}");
        if (from.Sample is { } sample) screen.Line($"  {Number(sample.Taken)} of {Number(sample.Of)} drawn evenly over categories, seed {sample.Seed}");
        PrintCategories(screen, suite);
        screen.Line($"Source:   {from.Source}{(from.Revision is { } revision ? $", revision {revision}" : "")}{(from.Paper is { } paper ? $" ({paper})" : "")}");
        screen.Line($"Licence:  {from.Licence}");
        screen.Line($"Wrote {target}");
        if (from.PublishedRows is { } published && published != from.Rows) screen.Note($"Careful: its authors publish {Number(published)} rows; this copy has {Number(from.Rows)}. Figures on it compare only with figures on the same copy.");
    }

    /// <summary>Prints what can be imported.</summary>
    public static void PrintSets(Screen screen, IReadOnlyList<PublishedSet> sets, bool asJson)
    {
        if (asJson)
        {
            screen.Json(sets, ImportJsonContext.Default.IReadOnlyListPublishedSet);
            return;
        }

        foreach (var set in sets)
        {
            screen.Sentence($"{set.Title}: {set.Kinds}{(set.Rows is { } rows ? $", {Number(rows)} rows" : "")}", $"{set.Name,-20} ");
            screen.Line($"{"",-20} {set.Shape}{(set.IsShapeSeen ? "" : " *")}");
            screen.Line($"{"",-20} {set.Source} ({set.Licence})");
        }

        screen.Line();
        screen.Line("* The columns are as others describe them; the importer has not met the published file.");
    }

    private static void PrintCategories(Screen screen, Suite suite)
    {
        var categories = suite.Prompts.CountBy(prompt => prompt.Category).OrderByDescending(category => category.Value).ThenBy(category => category.Key, StringComparer.Ordinal).ToList();
        var shown = string.Join(", ", categories.Take(MostCategories).Select(category => $"{category.Key} {Number(category.Value)}"));
        screen.Sentence($"{shown}{(categories.Count > MostCategories ? $" and {categories.Count - MostCategories} more" : "")}", "  by category: ");
    }

    private static string Word(PromptKind kind) => kind switch { PromptKind.Harmful => "harmful", PromptKind.Lookalike => "look-alike", _ => "capability" };

    private static string Number(int number) => Numbers.Thousands(number);
}
