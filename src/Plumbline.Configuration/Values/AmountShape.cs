using System.Globalization;
using System.Text.Json.Nodes;

namespace Plumbline.Configuration.Values;

/// <summary>An amount of money above 0.</summary>
internal sealed class AmountShape : ValueShape<decimal>
{
    public override string Expected => "an amount above 0, such as 20 or 0.50";

    public override bool TryRead(string text, out decimal value) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value) && value > 0;

    public override JsonObject Schema() => new() { ["type"] = "number", ["exclusiveMinimum"] = 0 };
}
