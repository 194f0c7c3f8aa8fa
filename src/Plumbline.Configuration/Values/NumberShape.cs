using System.Globalization;
using System.Text.Json.Nodes;

namespace Plumbline.Configuration.Values;

/// <summary>A number within a range.</summary>
internal sealed class NumberShape(double least, double most, bool excludesLeast = false) : ValueShape<double>
{
    public override string Expected => string.Create(CultureInfo.InvariantCulture, $"a number {(excludesLeast ? "above" : "from")} {least} {(excludesLeast ? "and at most" : "to")} {most}");

    public override bool TryRead(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && (excludesLeast ? value > least : value >= least) && value <= most;

    public override JsonObject Schema() => new()
    {
        ["type"] = "number",
        [excludesLeast ? "exclusiveMinimum" : "minimum"] = least,
        ["maximum"] = most,
    };
}
