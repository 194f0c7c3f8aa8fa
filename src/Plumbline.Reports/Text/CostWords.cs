using Plumbline.Costs;

namespace Plumbline.Reports.Text;

/// <summary>A bill's lines in words.</summary>
public static class CostWords
{
    /// <summary>What each line is called: "baseline", "judge"; where several have the same part, "judge 1", "judge 2", in their order.</summary>
    /// <param name="spenders">Whose lines they are.</param>
    public static IReadOnlyList<string> Roles(IEnumerable<Spender> spenders)
    {
        List<Spender> all = [.. spenders];
        return [.. all.Select((spender, place) => spender.ToString().ToLowerInvariant() + (all.Count(one => one == spender) > 1 ? $" {all.Take(place + 1).Count(one => one == spender)}" : ""))];
    }

    /// <summary>"The sum leaves out what has no price: judge 2 (http://…)."; null where every line has an amount, or none has.</summary>
    /// <param name="lines">Each line's part, model and amount.</param>
    public static string? LeftOut(IEnumerable<(Spender Spender, string Model, decimal? Amount)> lines)
    {
        List<(Spender Spender, string Model, decimal? Amount)> all = [.. lines];
        var unknown = all.Zip(Roles(all.Select(line => line.Spender))).Where(line => line.First.Amount is null).Select(line => $"{line.Second} ({VisibleText.OneLine(line.First.Model, 120)})").ToList();
        return unknown.Count == 0 || unknown.Count == all.Count ? null : $"The sum leaves out what has no price: {string.Join(", ", unknown)}.";
    }
}
