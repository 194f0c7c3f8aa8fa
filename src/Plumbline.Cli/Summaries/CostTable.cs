using Plumbline.Cli.Screens;
using Plumbline.Costs;
using Plumbline.Reports.Text;

namespace Plumbline.Cli.Summaries;

/// <summary>What a run will take, or took: a line each for the baseline, the candidate and every model that judges.</summary>
internal static class CostTable
{
    private const string Unknown = "no price";

    /// <summary>The bill; nothing where no price was given.</summary>
    public static void Print(Screen screen, CostSummary? cost)
    {
        if (cost is not { Currency: { } currency } || cost.Lines.Count == 0) return;

        var table = PlainTable.Of("cost", "calls", "tokens read", "tokens written", "amount").OrNarrower(["cost, in tokens", "calls", "read", "written", "amount"]);
        foreach (var (line, role) in cost.Lines.Zip(CostWords.Roles(cost.Lines.Select(line => line.Spender))))
            table.AddRow(Named(role, line.Model), Numbers.Thousands(line.Calls), Numbers.Thousands(line.InputTokens), Numbers.Thousands(line.OutputTokens), Amount(line.Amount, currency));
        table.AddRow(InAll(cost.Total), "", "", "", Amount(cost.Total ?? cost.Known, currency));
        screen.Line();
        table.Print(screen);
        if (CostWords.LeftOut(cost.Lines.Select(line => (line.Spender, line.Model, line.Amount))) is { } open) screen.Sentence(open);
        if (cost.Budget is { } budget) screen.Line($"Budget: {Money.Of(budget, currency)}.");
        if (cost.Lines.Sum(line => line.EstimatedCalls) is > 0 and var estimated) screen.Sentence($"Of {Numbers.Count(estimated, "call")} the server did not tell the tokens; they are reckoned from the text's length.");
    }

    /// <summary>The estimate: calls and tokens alone where nothing has a price, with how to get one.</summary>
    public static void Print(Screen screen, CostEstimate cost)
    {
        screen.Line();
        if (cost.Total == 0 && cost.MostTotal == 0)
        {
            screen.Line("No model of this audit costs anything.");
            return;
        }

        var hasPrices = cost.Lines.Any(line => line.Amount is > 0);
        var table = hasPrices ? PlainTable.Of("expected", "calls", "tokens read", "tokens written", "amount", "at most").OrNarrower(["expected, in tokens", "calls", "read", "written", "amount", "at most"]) : PlainTable.Of("expected", "calls", "tokens read", "tokens written");
        foreach (var (line, role) in cost.Lines.Zip(CostWords.Roles(cost.Lines.Select(line => line.Spender))))
        {
            string[] counts = [Named(role, line.Model), Numbers.Thousands(line.Calls), Numbers.Thousands(line.InputTokens), Numbers.Thousands(line.OutputTokens)];
            table.AddRow(hasPrices ? [.. counts, Amount(line.Amount, cost.Currency), Amount(line.MostAmount, cost.Currency)] : counts);
        }

        if (hasPrices) table.AddRow(InAll(cost.Total), "", "", "", Amount(cost.Total ?? cost.Known, cost.Currency), Amount(cost.MostTotal ?? cost.MostKnown, cost.Currency));
        table.Print(screen);
        if (!hasPrices)
            screen.Sentence(cost.Currency is null
                ? "What it costs is not known, since no prices were given: --prices FILE names a file with what models cost, by model and for a million tokens."
                : $"What it costs is not known: the price file has no price for {string.Join(", ", cost.Lines.Where(line => line.Amount is null).Select(line => PlainTable.Cell(line.Model)).Distinct(StringComparer.Ordinal))}.");
        else if (cost.Currency is not null && CostWords.LeftOut(cost.Lines.Select(line => (line.Spender, line.Model, line.Amount))) is { } open) screen.Sentence(open);
        foreach (var sentence in cost.Assumptions) screen.Sentence(sentence);
    }

    // In one cell, the only one that wraps: on a narrow terminal an address may take a second line, a figure none.
    private static string Named(string role, string model) => $"{role} {PlainTable.Cell(model)}";

    private static string InAll(decimal? total) => total is null ? "in all, as far as known" : "in all";

    private static string Amount(decimal? amount, string? currency) => amount is { } known ? currency is null ? "free" : Money.Of(known, currency) : Unknown;
}
