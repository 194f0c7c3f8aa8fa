using Plumbline.Cli.Screens;
using Plumbline.Reports.Text;
using Plumbline.Suites;

namespace Plumbline.Cli.Summaries;

/// <summary>Suites on the console.</summary>
internal static class SuiteSummary
{
    private const string NoAttack = "none";

    /// <summary>One after the other, a few lines each.</summary>
    public static void PrintAll(Screen screen, IReadOnlyList<SuiteListing> suites, bool asJson)
    {
        if (asJson)
        {
            screen.Json(suites, ImportJsonContext.Default.IReadOnlyListSuiteListing);
            return;
        }

        foreach (var suite in suites)
            screen.Sentence($"{suite.Description} Version {suite.Facts.Version}, {Kinds(suite)}.", $"{suite.Facts.Name,-16} ");
        screen.Line();
        screen.Line("'plumb suites show NAME' shows one, 'plumb suites importers' the public sets that can be imported.");
    }

    /// <summary>One suite, with <paramref name="prompts"/> below it.</summary>
    public static void Print(Screen screen, SuiteListing suite, IReadOnlyList<SuitePrompt> prompts, bool asJson)
    {
        if (asJson)
        {
            screen.Json(prompts.Count > 0 ? suite with { Prompts = prompts } : suite, ImportJsonContext.Default.SuiteListing);
            return;
        }

        screen.Line($"{VisibleText.OneLine(suite.Facts.Name, 200)}, version {suite.Facts.Version}: {Numbers.Thousands(suite.Facts.Prompts)} prompts");
        if (suite.Description is { } description) screen.Line(description);
        screen.Line($"Hash: {suite.Facts.Hash}");
        if (suite.Facts.Provenance is { } provenance)
        {
            screen.Sentence(VisibleText.OneLine(SuiteWords.Origin(provenance), 1000), "From: ");
            foreach (var file in provenance.Files) screen.Whole($"      {VisibleText.OneLine(file.Name, 200)}, SHA-256 {VisibleText.OneLine(file.Sha256, 64)}");
        }

        if (suite.Attacks.Count > 0) screen.Line($"Harmful prompts are asked with: {string.Join(", ", suite.Attacks.Select(attack => attack == NoAttack ? $"{attack} (the plain request)" : attack))}");
        foreach (var group in suite.Groups) screen.Line($"  {Numbers.Thousands(group.Prompts),7}  {Word(group.Kind),-10}  {VisibleText.OneLine(group.Category, 100)}");
        foreach (var prompt in prompts)
            screen.Sentence($"[{Word(prompt.Kind)}, {VisibleText.OneLine(prompt.Category, 100)}] {VisibleText.OneLine(prompt.Text, int.MaxValue)}{(prompt.Answer is { } answer ? $" → {VisibleText.OneLine(answer, 200)}" : "")}");
    }

    private static string Kinds(SuiteListing suite) => string.Join(", ", suite.Groups.GroupBy(group => group.Kind).Select(kind => $"{Numbers.Thousands(kind.Sum(group => group.Prompts))} {Word(kind.Key)}"));

    private static string Word(PromptKind kind) => kind switch { PromptKind.Harmful => "harmful", PromptKind.Lookalike => "look-alike", _ => "capability" };
}
