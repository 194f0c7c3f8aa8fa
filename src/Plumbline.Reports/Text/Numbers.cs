using System.Globalization;
using Plumbline.Statistics;

namespace Plumbline.Reports.Text;

/// <summary>
/// How numbers are written on the terminal and in every report: one place, so that a figure looks the same in a sentence, a table and a chart. Levels are
/// percentages with one decimal, changes and margins are points, scores have two decimals, ratios three digits, and thousands stand behind commas. The
/// domain's own sentences keep to the same.
/// </summary>
public static class Numbers
{
    private const string Minus = "\u2212";
    private const string Infinity = "∞";
    private const string Unknown = "–";

    /// <summary>No interval of a run that fits on a disk is narrower.</summary>
    private const int MostDecimals = 9;

    /// <summary>A mean on a 0..4 scale, with two decimals.</summary>
    public static string Mean(double value) => Fixed(value, 2);

    /// <summary>A difference of means, always with its sign.</summary>
    public static string SignedMean(double value) => Signed(value, 2);

    /// <summary>A probability in 0..1 as a percentage with one decimal.</summary>
    public static string Share(double value) => double.IsNaN(value) ? Unknown : Fixed(value * 100, 1) + "%";

    /// <summary>A probability in 0..1 as a percentage with as few decimals as it needs, for ticks and confidences.</summary>
    public static string Percent(double value) => Margin(value) + "%";

    /// <summary>A distance between probabilities, such as a margin, in percentage points with as few decimals as it needs: "3". The unit stands elsewhere.</summary>
    public static string Margin(double value) => (value * 100).ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A difference of probabilities in percentage points, with its sign.</summary>
    public static string Points(double value) => Signed(value * 100, 1);

    /// <summary>The same with as few decimals as it needs, for ticks.</summary>
    public static string PointTick(double value) => (value * 100).ToString($"+0.##;{Minus}0.##;0", CultureInfo.InvariantCulture);

    /// <summary>A distance between probabilities, such as a margin, in percentage points with their unit and as few decimals as it needs: "3 points".</summary>
    public static string PlainPoints(double value)
    {
        var points = Margin(value);
        return points == "1" ? "1 point" : points + " points";
    }

    /// <summary>A difference of probabilities in percentage points, with its sign and unit.</summary>
    public static string SignedPoints(double value) => Points(value) + " points";

    /// <summary>An odds ratio, to three significant digits.</summary>
    public static string Ratio(double value) => value switch
    {
        double.PositiveInfinity => Infinity,
        >= 1000 => Thousands((long)Math.Round(value)),
        >= 100 => Fixed(value, 0),
        >= 10 => Fixed(value, 1),
        _ => Fixed(value, 2),
    };

    /// <summary>A ratio and its interval, with as many decimals more as it takes that the interval does not look like a point: "1.000" and "0.997 to 1.003".</summary>
    public static (string Estimate, string Interval) Ratio(IntervalEstimate ratio)
    {
        ArgumentNullException.ThrowIfNull(ratio);
        for (var decimals = 2; decimals < MostDecimals; decimals++)
        {
            Func<double, string> write = decimals == 2 ? Ratio : value => double.IsInfinity(value) ? Infinity : Fixed(value, decimals);
            if (write(ratio.Low) != write(ratio.High)) return (write(ratio.Estimate), Interval(ratio.Low, ratio.High, write));
        }

        return (Ratio(ratio.Estimate), Interval(ratio.Low, ratio.High, Ratio));
    }

    /// <summary>A p-value; what is smaller than a thousandth is said so.</summary>
    public static string Probability(double value) => value < 0.001 ? "p < 0.001" : "p = " + Fixed(value, 3);

    /// <summary>A count with a comma between thousands.</summary>
    public static string Thousands(long value) => Naming.Thousands.Of(value);

    /// <summary>A count with what is counted: "1 case", "1,076 cases".</summary>
    public static string Count(long count, string what) => Naming.Thousands.Of(count, what);

    /// <summary>Two limits in words, each written by <paramref name="write"/>; a dash would read as a minus sign.</summary>
    public static string Interval(double low, double high, Func<double, string> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        return $"{write(low)} to {write(high)}";
    }

    private static string Fixed(double value, int decimals)
    {
        if (double.IsNaN(value))
        {
            return Unknown;
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? Infinity : Minus + Infinity;
        }

        var rounded = Math.Round(value, decimals, MidpointRounding.AwayFromZero);
        // Adding zero turns a negative zero, which would print a sign, into a plain one.
        var text = Math.Abs(rounded + 0.0).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return rounded < 0 ? Minus + text : text;
    }

    private static string Signed(double value, int decimals)
    {
        var text = Fixed(value, decimals);
        return Math.Round(value, decimals, MidpointRounding.AwayFromZero) > 0 ? "+" + text : text;
    }
}
