using System.Globalization;
using System.Text.Json.Nodes;

namespace Plumbline.Configuration.Values;

/// <summary>A share of the cases: a number such as 0.03, or one with its unit, "3 points" or "3 percent". A bare 3 is refused: it may mean either.</summary>
internal sealed class ShareShape(bool includesZero = false) : ValueShape<double>
{
    /// <summary>The smallest share above 0 that says anything: a hundredth of a point, for which millions of cases would be needed.</summary>
    private const double Least = 0.0001;

    private static readonly string[] Units = ["points", "point", "percent", "%"];

    public override string Expected => $"a share {(includesZero ? "from 0 up to" : "from 0.0001 (less, no audit has the cases to tell) and")} below 1 such as 0.03, or the same as '3 points' or '3 percent'";

    public override bool TryRead(string text, out double value) => TryParse(text, out value) && value >= (includesZero ? 0 : Least) && value < 1;

    // Earlier versions had no least.
    public override bool TryReadStored(string text, out double value) => TryParse(text, out value) && (includesZero ? value >= 0 : value > 0) && value < 1;

    public override JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = "number", ["minimum"] = includesZero ? 0 : Least, ["exclusiveMaximum"] = 1 },
            new JsonObject { ["type"] = "string", ["pattern"] = @"^[0-9]*\.?[0-9]+ ?(points?|percent|%)$" }),
    };

    private static bool TryParse(string text, out double value)
    {
        var unit = Array.Find(Units, unit => text.EndsWith(unit, StringComparison.OrdinalIgnoreCase));
        var number = unit is null ? text : text[..^unit.Length].TrimEnd();
        if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out value)) return false;

        if (unit is not null) value /= 100;
        return true;
    }
}
