using System.Globalization;

namespace Plumbline.Tests.Statistics;

/// <summary>The rows of Fixtures/statistics.csv and comparisons.csv, which the R scripts beside them wrote with R's own estimators.</summary>
static class Reference
{
    public static IEnumerable<double[]> Rows(string kind) =>
        from file in new[] { "statistics.csv", "comparisons.csv" }
        from line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Fixtures", file))
        let cells = line.Split(',')
        where cells[0] == kind
        select cells.Skip(1).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray();
}
