using System.Text.Json.Serialization;

namespace Plumbline.Costs;

/// <summary>What a run took, over all its sittings.</summary>
/// <param name="Currency">The currency of the amounts; null where no prices were given.</param>
/// <param name="Lines">One for each spender and model.</param>
/// <param name="Total">The sum; null where a line has no amount.</param>
/// <param name="Budget">What the run was allowed to cost; null where nothing was said.</param>
public sealed record CostSummary(string? Currency, IReadOnlyList<CostLine> Lines, decimal? Total, decimal? Budget)
{
    /// <summary>The sum of the amounts that are known, where that is not all; null where <see cref="Total"/> is it, or no amount is known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Known => Total is null && Lines.Any(line => line.Amount is not null) ? Lines.Sum(line => line.Amount ?? 0) : null;

    /// <summary>Prices what was used.</summary>
    /// <param name="usage">What each spender took of which model.</param>
    /// <param name="amountOf">What a model's usage comes to; null where it has no price.</param>
    /// <param name="currency">The currency; null where there are no prices.</param>
    /// <param name="budget">What the run may cost.</param>
    public static CostSummary Of(
        IEnumerable<(Spender Spender, string Model, TokenUsage Usage)> usage,
        Func<Spender, string, TokenUsage, decimal?> amountOf,
        string? currency,
        decimal? budget)
    {
        List<CostLine> lines =
        [
            .. from part in usage
               where part.Usage.Calls > 0
               orderby part.Spender, part.Model
               select new CostLine(
                   part.Spender,
                   part.Model,
                   part.Usage.Calls,
                   part.Usage.InputTokens,
                   part.Usage.OutputTokens,
                   part.Usage.EstimatedCalls,
                   amountOf(part.Spender, part.Model, part.Usage)),
        ];
        return new CostSummary(currency, lines, lines.All(line => line.Amount is not null) ? lines.Sum(line => line.Amount) : null, budget);
    }
}
