using System.Globalization;
using System.Text.Json.Nodes;

namespace Plumbline.Configuration.Values;

/// <summary>A share of the cases: a number such as 0.03, or one with its unit, "3 points" or "3 percent". A bare 3 is refused: it may mean either.</summary>
internal sealed class ShareShape(bool includesZero = false) : ValueShape<double>
{
    private static readonly string[] Units = ["points", "point", "percent", "%"];

    public override string Expected => $"a share {(includesZero ? "from 0 up to" : "above 0 and")} below 1 such as 0.03, or the same as '3 points' or '3 percent'";

    public override bool TryRead(string text, out double value)
    {
        var unit = Array.Find(Units, unit => text.EndsWith(unit, StringComparison.OrdinalIgnoreCase));
        var number = unit is null ? text : text[..^unit.Length].TrimEnd();
        if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out value)) return false;

        if (unit is not null) value /= 100;
        return (includesZero ? value >= 0 : value > 0) && value < 1;
    }

    public override JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = "number", [includesZero ? "minimum" : "exclusiveMinimum"] = 0, ["exclusiveMaximum"] = 1 },
            new JsonObject { ["type"] = "string", ["pattern"] = @"^[0-9]*\.?[0-9]+ ?(points?|percent|%)$" }),
    };
}
