using System.Globalization;
using Plumbline.Cli.Screens;
using Plumbline.Costs;
using Spectre.Console;

namespace Plumbline.Cli.Summaries;

/// <summary>What a run will take, or took: a line each for the baseline, the candidate and the judge.</summary>
internal static class CostTable
{
    private const string Unknown = "no price";

    /// <summary>The bill; nothing where no price was given.</summary>
    public static void Print(Screen screen, CostSummary? cost)
    {
        if (cost is not { Currency: { } currency } || cost.Lines.Count == 0) return;

        var table = PlainTable.Of("cost", "calls", "tokens read", "tokens written", "amount");
        foreach (var line in cost.Lines) table.AddRow(Named(line.Spender, line.Model), Count(line.Calls), Count(line.InputTokens), Count(line.OutputTokens), Amount(line.Amount, currency));
        table.AddRow("in all", "", "", "", Amount(cost.Total, currency));
        screen.Line();
        screen.Table(table);
        if (cost.Budget is { } budget) screen.Line($"Budget: {Money.Of(budget, currency)}.");
        if (cost.Lines.Sum(line => line.EstimatedCalls) is > 0 and var estimated) screen.Line($"Of {Count(estimated)} calls the server did not tell the tokens; they are reckoned from the text's length.");
    }

    /// <summary>The estimate.</summary>
    public static void Print(Screen screen, CostEstimate cost)
    {
        screen.Line();
        if (cost.Total == 0 && cost.MostTotal == 0)
        {
            screen.Line("No model of this audit costs anything.");
            return;
        }

        var table = PlainTable.Of("expected", "calls", "tokens read", "tokens written", "amount", "at most");
        foreach (var line in cost.Lines)
            table.AddRow(Named(line.Spender, line.Model), Count(line.Calls), Count(line.InputTokens), Count(line.OutputTokens), Amount(line.Amount, cost.Currency), Amount(line.MostAmount, cost.Currency));
        table.AddRow("in all", "", "", "", Amount(cost.Total, cost.Currency), Amount(cost.MostTotal, cost.Currency));
        screen.Table(table);
        foreach (var sentence in cost.Assumptions) screen.Line(sentence);
    }

    // In one cell, the only one that wraps: on a narrow terminal an address may take a second line, a figure none.
    private static string Named(Spender spender, string model) => $"{spender.ToString().ToLowerInvariant()} {PlainTable.Cell(model)}";

    private static string Amount(decimal? amount, string? currency) => amount is { } known ? currency is null ? "free" : Money.Of(known, currency) : Unknown;

    private static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);
}
